package grad.scalar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds an order for nodes of any kind, or the cycle because of which there is none; see {@link Graph#order}. {@code backward()} has its
 * own.
 */
final class NamedOrder<T> {
    private static final int MOST_NAMED = 12;        // nodes of a cycle

    private final Function<? super T, ? extends Collection<? extends T>> operands;

    NamedOrder(Function<? super T, ? extends Collection<? extends T>> operands) { this.operands = operands; }

    List<T> from(T root) {
        Map<T, Integer> uses = countUses(root);
        if (uses.get(root) > 0) throw new IllegalArgumentException(cycle(uses));
        List<T> order = new ArrayList<>(List.of(root));
        for (int i = 0; i < order.size(); i++) {
            for (T p : operandsOf(order.get(i))) if (uses.merge(p, -1, Integer::sum) == 0) order.add(p);
        }
        if (order.size() < uses.size()) throw new IllegalArgumentException(cycle(uses));
        Collections.reverse(order);
        return order;
    }

    private Collection<? extends T> operandsOf(T node) {
        Collection<? extends T> found = operands.apply(node);
        if (found == null) {
            throw new IllegalArgumentException("order: nothing is known of " + node + "; a node that depends on nothing has an empty list");
        }
        for (T p : found) if (p == null) throw new NullPointerException("order: " + node + " depends on null");
        return found;
    }

    private Map<T, Integer> countUses(T root) {
        Map<T, Integer> uses = new LinkedHashMap<>(Map.of(root, 0));
        Deque<T> reached = new ArrayDeque<>(List.of(root));
        while (!reached.isEmpty()) {
            for (T p : operandsOf(reached.pop())) {
                if (!uses.containsKey(p)) reached.push(p);
                uses.merge(p, 1, Integer::sum);
            }
        }
        return uses;
    }

    /** Every node that still waits has a user that waits too, so walking from user to user must come round. */
    private String cycle(Map<T, Integer> uses) {
        Map<T, T> userOf = new LinkedHashMap<>();
        for (T v : uses.keySet()) {
            if (uses.get(v) > 0) for (T p : operandsOf(v)) userOf.put(p, v);
        }
        Set<T> walk = new LinkedHashSet<>();
        T v = userOf.keySet().iterator().next();
        while (walk.add(v)) v = userOf.get(v);
        List<T> round = new ArrayList<>(walk);
        round.subList(0, round.indexOf(v)).clear();      // the way into the round
        round.add(v);
        Collections.reverse(round);
        List<String> names = new ArrayList<>(round.stream().map(Object::toString).toList());
        if (names.size() > MOST_NAMED) {
            names.subList(5, names.size() - 5).clear();
            names.add(5, "…");
        }
        return "a cycle has no order: " + String.join(" needs ", names) + "; break it, so that every node exists before it is used";
    }
}
