package grad.kernel;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;

/** The jar's entry point, compiled for Java 11 so that an old Java can say what is wrong instead of failing on a class file. */
public final class Launcher {
    private static final int OLDEST = 17;

    private Launcher() { }

    public static void main(String[] args) throws Exception {
        String problem = problem(Runtime.version().feature(), ModuleLayer.boot().findModule("jdk.jshell").isPresent());
        if (problem != null) fail(problem);

        if (args.length > 0 && !args[0].startsWith("-")) run("grad.kernel.Main", args[0]); // jupyter run adds the file that it sends
        else if (args.length == 2 && args[0].equals("--install")) run("grad.kernel.Installer", args[1]);
        else fail("usage: java -jar kernel.jar --install <Jupyter data folder>   "
                + "(Jupyter itself calls: java -jar kernel.jar <connection file>)");
    }

    /** What keeps the kernel from running on this Java, or null. */
    static String problem(int version, boolean hasJShell) {
        String here = " (" + System.getProperty("java.home") + ")";
        if (version < OLDEST) return "the Java kernel needs JDK " + OLDEST + " or newer, this is " + version + here;
        return hasJShell ? null : "the Java kernel needs a full JDK, and this one has no jdk.jshell" + here;
    }

    /** By name: this class must load where the others cannot. */
    private static void run(String className, String argument) throws Exception {
        try {
            Class.forName(className).getDeclaredMethod("run", String.class).invoke(null, argument);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IOException) fail(e.getCause().getMessage());
            throw e;
        }
    }

    private static void fail(String message) {
        System.err.println(message);
        System.exit(1);
    }
}
