package grad.io;

import grad.Tensor;
import grad.nn.Activation;
import grad.nn.Dropout;
import grad.nn.Layer;
import grad.nn.Linear;
import grad.nn.Sequential;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Saves trained networks in the ONNX format (IR version 7, operator set 13), which ONNX Runtime and others run: {@code input} [n, inputs]
 * becomes {@code output} [n, outputs], for any n. A {@link Linear} layer is a Gemm, an {@link Activation} the operator of its name, and
 * {@link Dropout}, which does nothing once trained, is left out. Weights are called as in a {@link Safetensors} file: {@code 0.weight,
 * 0.bias …}.
 *
 * <p>Source: <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>; its numbers of the fields stand below, with
 * their names.
 */
public final class Onnx {
    private static final int IR_VERSION = 7;        // with operator set 13: read by everything since ONNX 1.8 of 2020
    private static final int OPERATOR_SET = 13;
    private static final int FLOAT = 1;             // of TensorProto.DataType
    private static final int INT = 2;               // of AttributeProto.AttributeType

    /** A layer with its place in the network: 2, or 2.0 for the first one in a Sequential there. */
    private record Placed(String place, Layer layer) { }

    private Onnx() { }

    /**
     * Saves a network.
     *
     * @throws IOException when the file cannot be written; then it is as it was
     * @throws IllegalArgumentException naming the layer that cannot be exported, or does not fit the one before it
     */
    public static void save(Path file, Sequential network) throws IOException {
        byte[] model = new Protobuf()
                .number(1, IR_VERSION)                                                              // ir_version
                .text(2, "javagrad")                                                                // producer_name
                .message(7, graph(layers("", network).toList()))                                    // graph
                .message(8, new Protobuf().text(1, "").number(2, OPERATOR_SET))                     // opset_import: domain, version
                .toByteArray();
        WholeFile.write(file, out -> out.write(model));
    }

    /** What is left of a network once trained, without the nesting. */
    private static Stream<Placed> layers(String place, Layer layer) {
        if (layer instanceof Sequential inner) {
            return IntStream.range(0, inner.layers().size()).boxed()
                    .flatMap(i -> layers(place.isEmpty() ? "" + i : place + "." + i, inner.layers().get(i)));
        }
        if (layer instanceof Dropout) return Stream.empty();
        if (layer instanceof Linear || layer instanceof Activation) return Stream.of(new Placed(place, layer));
        String name = layer.getClass().isHidden() || layer.getClass().isAnonymousClass() ? "a function" : layer.getClass().getSimpleName();
        throw new IllegalArgumentException("export: layer " + place + " is " + name
                + ", and only Linear, Activation, Dropout and Sequential can be exported; Tensor::relu is Activation.RELU");
    }

    private static Protobuf graph(List<Placed> layers) {
        Protobuf graph = new Protobuf().text(2, "network");                                         // name
        String value = "input";
        int inputs = 0;
        int size = 0;
        for (Placed placed : layers) {
            String place = placed.place;
            String result = placed == layers.get(layers.size() - 1) ? "output" : place;
            if (placed.layer instanceof Linear linear) {
                if (inputs == 0) inputs = linear.inputs();
                else if (linear.inputs() != size) {
                    throw new IllegalArgumentException("export: layer " + place + " takes "
                            + linear.inputs() + " inputs, but gets " + size);
                }
                size = linear.outputs();
                graph.message(1, node("Gemm", result, value, place + ".weight", place + ".bias")    // node
                        .message(5, new Protobuf().text(1, "transB").number(3, 1).number(20, INT)));   // attribute: name, i, type
                linear.namedParameters().forEach((name, p) -> graph.message(5, tensor(place + "." + name, p)));     // initializer
            } else {
                graph.message(1, node(operator((Activation) placed.layer), result, value));         // node
            }
            value = result;
        }
        if (inputs == 0) {
            throw new IllegalArgumentException("export: the network has no Linear layer, so nothing says how many inputs it takes");
        }
        return graph.message(11, matrix("input", inputs)).message(12, matrix("output", size));      // input, output
    }

    private static String operator(Activation activation) {
        return switch (activation) {
            case RELU -> "Relu";
            case TANH -> "Tanh";
            case SIGMOID -> "Sigmoid";
        };
    }

    private static Protobuf node(String operator, String result, String... values) {
        Protobuf node = new Protobuf();
        for (String value : values) node.text(1, value);                                            // input
        return node.text(2, result).text(4, operator);                                              // output, op_type
    }

    private static Protobuf tensor(String name, Tensor tensor) {
        Protobuf proto = new Protobuf();
        for (int size : tensor.shape()) proto.number(1, size);                                      // dims
        ByteBuffer data = ByteBuffer.allocate(Float.BYTES * tensor.size()).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(tensor.data());
        return proto.number(2, FLOAT).text(8, name).bytes(9, data.array());                         // data_type, name, raw_data
    }

    /** The type of a value [n, size], where n is open. */
    private static Protobuf matrix(String name, int size) {
        Protobuf shape = new Protobuf()
                .message(1, new Protobuf().text(2, "n"))                                            // dim: dim_param
                .message(1, new Protobuf().number(1, size));                                        // dim: dim_value
        Protobuf type = new Protobuf().number(1, FLOAT).message(2, shape);                          // elem_type, shape
        return new Protobuf().text(1, name).message(2, new Protobuf().message(1, type));            // name, type: tensor_type
    }
}
