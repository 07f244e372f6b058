package grad.plots;

import static grad.plots.Wording.factor;
import static grad.plots.Wording.number;

import grad.scalar.Op;
import grad.scalar.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The paths from a value to the result: along each the local derivatives are multiplied, over all of them the products are added. */
final class Paths {
    private static final int MOST_WRITTEN = 3;

    private final Value result;
    private final Wording wording;
    private final Map<Value, List<Link>> uses = new IdentityHashMap<>();
    private final Map<Value, Long> counts = new IdentityHashMap<>();

    /** @param values all values behind the result, each after its operands */
    Paths(List<Value> values, Wording wording) {
        this.result = values.get(values.size() - 1);
        this.wording = wording;
        for (Value value : values) {
            for (Link link : Link.into(value)) uses.computeIfAbsent(link.operand(), any -> new ArrayList<>()).add(link);
        }
        counts.put(result, 1L);
        for (int i = values.size() - 2; i >= 0; i--) {
            counts.put(values.get(i), uses.get(values.get(i)).stream().mapToLong(link -> counts.get(link.y())).sum());
        }
    }

    /** The sum over the paths, written out where there are few. */
    String describe(Value value, double grad) {
        String name = wording.name(value);
        if (value == result) return name + ": the result";
        if (value.op() == Op.CONST) return name + ": a constant has no gradient";
        long count = counts.get(value);
        String derivative = wording.derivative(result, value);
        if (count > MOST_WRITTEN) {
            return name + ": " + count + " paths lead to " + wording.name(result) + ", and " + derivative + " = "
                    + number(grad) + " is their sum";
        }
        List<List<Link>> paths = from(value);
        return paths.stream().map(path -> route(value, path)).collect(Collectors.joining(" and "))
                + ": " + derivative + " = " + paths.stream().map(Paths::product).collect(Collectors.joining(" + "))
                + (count == 1 && paths.get(0).size() == 1 ? "" : " = " + number(grad));
    }

    private List<List<Link>> from(Value value) {
        if (value == result) return List.of(List.of());
        List<List<Link>> paths = new ArrayList<>();
        for (Link link : uses.get(value)) {
            for (List<Link> rest : from(link.y())) {
                List<Link> path = new ArrayList<>(List.of(link));
                path.addAll(rest);
                paths.add(path);
            }
        }
        return paths;
    }

    private String route(Value value, List<Link> path) {
        return wording.name(value) + path.stream().map(link -> " → " + wording.name(link.y())).collect(Collectors.joining());
    }

    private static String product(List<Link> path) {
        return path.stream().map(link -> factor(link.derivative())).collect(Collectors.joining(" · "));
    }
}
