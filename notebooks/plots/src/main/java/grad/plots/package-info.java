/**
 * The pictures of the notebooks: charts drawn by XChart in one theme, computation graphs, decision boundaries, digits, animations.
 * Every picture is a {@link grad.plots.Figure}, shown by {@code display(figure.html(), "text/html")} in any Java kernel.
 * A {@link grad.plots.Stepper} plays a backward pass. A {@link grad.plots.DrawingBoard} is drawn on. These two run scripts; nothing fetches
 * anything, and each picture carries a text for those who cannot see it.
 */
package grad.plots;
