/**
 * A thin Jupyter kernel for Java: JShell evaluates the cells, ZeroMQ carries the messages, Maven's own resolver finds the jars.
 * {@link grad.kernel.Main} is the process, {@link grad.kernel.Kernel} answers requests, {@link grad.kernel.Interpreter} runs cells,
 * {@link grad.kernel.Notebook} is what a cell may call.
 * Everything else is one small class per reason.
 */
package grad.kernel;
