/**
 * Files that other programs read too: parameters in the safetensors format, networks in the ONNX format.
 * A file is written whole or not at all, and read only after all that it claims about itself has been checked.
 * What is wrong with a file is said with its name, the byte and the reason.
 */
package grad.io;
