package grad.plots;

import grad.scalar.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The values behind a result as its formula is written: an operation's first operand and all behind it, then the second, then itself. */
final class ReadingOrder {
    private final List<Value> values = new ArrayList<>();
    private final Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private ReadingOrder() {
    }

    static List<Value> of(Value result) {
        ReadingOrder order = new ReadingOrder();
        order.add(result);
        return order.values;
    }

    private void add(Value value) {
        if (!seen.add(value)) return;
        for (Value parent : value.parents()) add(parent);
        values.add(value);
    }
}
