/**
 * The data the story learns from, handed out as plain arrays.
 * Generated sets take an explicit random generator, so the same seed gives the same points.
 * Nothing in here knows about gradients.
 */
package grad.data;
