/**
 * The data the story learns from, as plain arrays, and the batches it is learned in.
 * Generated sets take an explicit random generator, so the same seed gives the same points.
 */
package grad.data;
