package grad.kernels;

/** The kernels in use: the Vector API's where it is there and pays, plain ones elsewhere or with {@code -Djavagrad.kernels=plain}. */
public final class Chosen {
    public static final Kernels KERNELS = live(System.getProperty("javagrad.kernels", "auto"));

    private Chosen() { }

    /** Chooses, and says so in the log. A bad setting ends the start with its message on top. */
    private static Kernels live(String wanted) {
        try {
            Kernels kernels = choose(wanted);
            String reason = wanted.equals("auto") ? Machine.whyNoVectors() : "";
            Machine.log(!reason.isEmpty(), "kernels: " + kernels.name() + reason);
            return kernels;
        } catch (IllegalStateException e) {
            throw new ExceptionInInitializerError(e.getMessage());
        }
    }

    /** The kernels for a value of {@code javagrad.kernels}: auto, plain or vector. */
    static Kernels choose(String wanted) {
        return switch (wanted) {
            case "plain" -> new PlainKernels();
            case "vector" -> {
                if (!Machine.hasVectors()) {
                    throw new IllegalStateException("javagrad.kernels=vector needs java --add-modules jdk.incubator.vector");
                }
                yield Machine.vectorKernels();
            }
            case "auto" -> Machine.whyNoVectors().isEmpty() ? Machine.vectorKernels() : new PlainKernels();
            default -> throw new IllegalStateException("javagrad.kernels is \"" + wanted + "\"; it can be auto, plain or vector");
        };
    }
}
