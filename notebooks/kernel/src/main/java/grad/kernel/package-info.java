/**
 * A thin Jupyter kernel for Java (the loops of the engine are {@code grad.kernels}), in layers of which each knows only those below. At the
 * bottom {@link grad.kernel.Sockets} carries
 * messages; {@link grad.kernel.MagicParser} reads how magics are written, {@link grad.kernel.ErrorText} and
 * {@link grad.kernel.DisplayData} write for people. {@link grad.kernel.Interpreter} evaluates code in JShell,
 * {@link grad.kernel.Request} holds all that changes meanwhile, and {@link grad.kernel.Interrupt} ends it.
 * {@link grad.kernel.CellRunner} runs a whole cell, {@link grad.kernel.Magics} is the table of magics,
 * {@link grad.kernel.MavenResolver} finds artifacts. {@link grad.kernel.Kernel} answers requests, {@link grad.kernel.Output} streams what
 * cells print, {@link grad.kernel.Notebook} is what they may call, and {@link grad.kernel.Main} is the process.
 */
package grad.kernel;
