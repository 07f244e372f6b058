package grad.io;

import java.nio.ByteBuffer;

/**
 * The types of numbers that a safetensors file can hold, under its words. Floats of any width can be read as floats; the others are known
 * by their size.
 */
enum Dtype {
    F64(8) { @Override float next(ByteBuffer from) { return (float) from.getDouble(); } },
    F32(4) { @Override float next(ByteBuffer from) { return from.getFloat(); } },
    F16(2) { @Override float next(ByteBuffer from) { return half(from.getShort()); } },
    BF16(2) { @Override float next(ByteBuffer from) { return Float.intBitsToFloat(from.getShort() << 16); } },
    I64(8), U64(8), I32(4), U32(4), I16(2), U16(2), I8(1), U8(1), BOOL(1), F8_E4M3(1), F8_E5M2(1);

    final int bytes;

    Dtype(int bytes) { this.bytes = bytes; }

    /** The type of this name, or null. */
    static Dtype named(String name) {
        for (Dtype type : values()) if (type.name().equals(name)) return type;
        return null;
    }

    boolean isFloat() { return this == F64 || this == F32 || this == F16 || this == BF16; }

    /** The next number, rounded to a float where it has more digits. */
    float next(ByteBuffer from) { throw new UnsupportedOperationException(this + " is not read as a float"); }

    /** IEEE 754 binary16: a sign, 5 bits of exponent, 10 of significand. */
    private static float half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int significand = bits & 0x3ff;
        float size = exponent == 0 ? significand * 0x1p-24f
                : Float.intBitsToFloat((exponent == 0x1f ? 0xff : exponent + 112) << 23 | significand << 13);
        return bits < 0 ? -size : size;
    }
}
