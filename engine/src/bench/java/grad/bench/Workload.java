package grad.bench;

import java.util.Map;

/** Something whose time is measured. */
@FunctionalInterface
interface Workload {
    /** Does the work once, all of it, from the same beginning. */
    Outcome run();

    /**
     * What came of the work: numbers that another program doing the same work must reach too. They are computed when asked for, outside the
     * measured time.
     */
    @FunctionalInterface
    interface Outcome {
        Map<String, Double> numbers();
    }
}
