package grad.kernel;

import java.util.List;

final class Magics {
    static final List<String> NAMES = List.of("%%loadFromPOM", "%classpath", "%jars", "%load", "%loadFromPOM", "%maven", "%mavenRepo");
    Magics(Interpreter i, CellRunner c) { }
    void line(String name, String arguments) throws MagicError, CellError { throw new MagicError("none"); }
    void cell(String name, String arguments, String body) throws MagicError { throw new MagicError("none"); }
}
