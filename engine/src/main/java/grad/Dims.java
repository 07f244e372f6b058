package grad;

/** What happens to an axis that is summed, averaged or searched away. */
public enum Dims {
    /** It stays with size 1, so that the result still broadcasts against the original. */
    KEEP,

    /** It disappears. */
    DROP
}
