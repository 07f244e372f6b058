package grad.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** How wide vectors are: as wide as the machine, or as {@code -Djavagrad.lanes} says. Any machine can try any width, if slowly. */
final class VectorWidth {
    static final VectorSpecies<Float> F = species(System.getProperty("javagrad.lanes"));
    static final int WIDTH = F.length();

    private VectorWidth() { }

    private static VectorSpecies<Float> species(String wanted) {
        if (wanted == null) return species(Math.min(Kernels.LANES, FloatVector.SPECIES_PREFERRED.length()));
        if (!wanted.matches("4|8|16")) throw new ExceptionInInitializerError("javagrad.lanes is \"" + wanted + "\"; it can be 4, 8 or 16");
        return species(Integer.parseInt(wanted));
    }

    private static VectorSpecies<Float> species(int lanes) {
        return VectorSpecies.of(float.class, VectorShape.forBitSize(lanes * Float.SIZE));
    }
}
