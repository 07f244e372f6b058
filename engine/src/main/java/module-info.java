/**
 * Learn backpropagation by building it: scalar and tensor autograd, layers, optimisers, data and files, on nothing but the JDK.
 * The Vector API is used where Java runs with {@code --add-modules jdk.incubator.vector}.
 */
module grad {
    requires static jdk.incubator.vector;

    exports grad;
    exports grad.data;
    exports grad.io;
    exports grad.nn;
    exports grad.optim;
    exports grad.scalar;
}
