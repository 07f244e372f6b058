package grad.plots;

import grad.scalar.Op;
import grad.scalar.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in formulas what the values of one graph are and how they depend on each other; the formulas are those of {@link Op}. */
final class Wording {
    private static final Pattern OPERAND = Pattern.compile("(?<!\\p{L})[aby](?!\\p{L})");
    private static final Pattern NEEDLESS = Pattern.compile("^\\(([^()]*)\\)(?![\\^²])");
    private static final Pattern PLAIN_NAME = Pattern.compile("\\p{L}[\\p{L}\\p{Nd}₀-₉_′']*");

    private final Map<Value, String> names = new IdentityHashMap<>();

    /** Values without a label are called v₁, v₂, … and a constant is its number. */
    Wording(List<Value> values) {
        Set<String> taken = values.stream().map(Value::label).collect(Collectors.toCollection(HashSet::new));
        int unnamed = 0;
        for (Value value : values) {
            String name = value.label();
            if (name == null && value.op() == Op.CONST) name = number(value.data);
            while (name == null || value.label() == null && value.op() != Op.CONST && !taken.add(name)) name = "v" + subscript(++unnamed);
            names.put(value, name);
        }
    }

    String name(Value value) {
        return names.get(value);
    }

    /** ∂y/∂x. */
    String derivative(Value y, Value x) {
        return "∂" + factor(y) + "/∂" + factor(x);
    }

    /** {@code o = x · w = 2 · 3 = 6}. */
    String forward(Value y) {
        return equation(name(y), forwardFormula(y, this::factor), forwardFormula(y, Wording::numberFactor), number(y.data));
    }

    private static String forwardFormula(Value y, Function<Value, String> write) {
        List<Value> parents = y.parents();
        if (y.op() != Op.DOT) return fill(y.op().formula(), parents.get(0), parents.get(parents.size() - 1), y, write);
        int pairs = parents.size() / 2;
        String term = y.op().formula().replace("Σ ", "");
        List<String> terms = new ArrayList<>();
        for (int i = 0; i < pairs; i++) terms.add(fill(term, parents.get(i), parents.get(pairs + i), y, write));
        terms.add(write.apply(parents.get(2 * pairs)));
        return String.join(" + ", terms);
    }

    /** {@code ∂o/∂x = w = 3}. */
    String local(Link link) {
        String words = fill(link.formula(), link.a(), link.b(), link.y(), this::factor);
        boolean isCalculation = !words.contains(" if ") && !words.contains("∂");
        String numbers = isCalculation ? fill(link.formula(), link.a(), link.b(), link.y(), Wording::numberFactor) : words;
        return equation(derivative(link.y(), link.operand()), words, numbers, number(link.derivative()));
    }

    /** The sides of an equation, each only once; brackets around what a side begins with, or all it has, are not needed. */
    private static String equation(String... sides) {
        return Stream.of(sides).map(side -> NEEDLESS.matcher(side).replaceFirst("$1")).distinct().collect(Collectors.joining(" = "));
    }

    private static String fill(String formula, Value a, Value b, Value y, Function<Value, String> write) {
        String inLine = formula.replace("ᵇ⁻¹", "^(b − 1)").replace("ᵇ", "^b");
        return OPERAND.matcher(inLine).replaceAll(letter -> Matcher.quoteReplacement(
                write.apply(letter.group().equals("a") ? a : letter.group().equals("b") ? b : y)));
    }

    private String factor(Value value) {
        String name = name(value);
        boolean isPlain = value.op() == Op.CONST ? value.data >= 0 : PLAIN_NAME.matcher(name).matches();
        return isPlain ? name : "(" + name + ")";
    }

    private static String numberFactor(Value value) {
        return factor(value.data);
    }

    /** A number that may stand behind a sign. */
    static String factor(double x) {
        return x < 0 ? "(" + number(x) + ")" : number(x);
    }

    /** At most four decimals: 2, −0.2, 0.1974. */
    static String number(double x) {
        String decimal = Numbers.decimal(x);
        return decimal.contains("e") || !decimal.contains(".") ? decimal : decimal.replaceFirst("\\.?0+$", "");
    }

    private static String subscript(int n) {
        return Integer.toString(n).chars().mapToObj(digit -> String.valueOf((char) ('₀' + digit - '0'))).collect(Collectors.joining());
    }
}
