package grad.plots;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** At most 255 colours for a set of images, chosen by median cut (Heckbert 1982), and one transparent entry after them. */
final class GifPalette {
    private static final int MOST = 255;

    private final int[] colors;
    private final Map<Integer, Integer> nearest = new HashMap<>();

    private GifPalette(int[] colors) {
        this.colors = colors;
    }

    /** A colour and how many pixels have it. */
    private record Count(int color, long pixels) {
        int channel(int shift) {
            return color >> shift & 255;
        }
    }

    /** Colours to be shown as one, unless divided further. */
    private record Bucket(List<Count> counts, int shift, double urgency) {
        /** Buckets that are wide and hold many pixels are divided first, across their widest channel. */
        static Bucket of(List<Count> counts) {
            int widest = 0;
            for (int shift : new int[] {8, 16}) if (extent(counts, shift) > extent(counts, widest)) widest = shift;
            return new Bucket(counts, widest, extent(counts, widest) * Math.sqrt(weight(counts)));
        }

        static int extent(List<Count> counts, int shift) {
            IntSummaryStatistics range = counts.stream().mapToInt(count -> count.channel(shift)).summaryStatistics();
            return range.getMax() - range.getMin();
        }

        static long weight(List<Count> counts) {
            return counts.stream().mapToLong(Count::pixels).sum();
        }

        List<Bucket> halves() {
            List<Count> sorted = new ArrayList<>(counts);
            sorted.sort(Comparator.comparingInt(count -> count.channel(shift)));
            long half = weight(counts) / 2;
            int at = 1;
            for (long sum = sorted.get(0).pixels; sum < half && at < sorted.size() - 1; at++) sum += sorted.get(at).pixels;
            return List.of(of(sorted.subList(0, at)), of(sorted.subList(at, sorted.size())));
        }

        /** The most frequent colour, not the mean: flat areas keep their exact colour. */
        int color() {
            return Collections.max(counts, Comparator.comparingLong(Count::pixels)).color;
        }
    }

    static GifPalette of(List<int[]> images) {
        List<Count> counts = count(images);
        List<Bucket> buckets = new ArrayList<>(List.of(Bucket.of(counts)));
        while (buckets.size() < MOST) {
            Bucket next = Collections.max(buckets, Comparator.comparingDouble(Bucket::urgency));
            if (next.urgency == 0) break;
            buckets.remove(next);
            buckets.addAll(next.halves());
        }
        return new GifPalette(buckets.stream().mapToInt(Bucket::color).toArray());
    }

    /** Counts the pixels of each colour; those that are the same as in the image before count once. */
    private static List<Count> count(List<int[]> images) {
        Map<Integer, Long> counts = new TreeMap<>();
        int[] before = null;
        for (int[] image : images) {
            long run = 0;
            for (int at = 0; at < image.length; at++) {
                if (before == null || before[at] != image[at]) run++;
                if (at + 1 == image.length || image[at + 1] != image[at]) {
                    if (run > 0) counts.merge(image[at] & 0xFFFFFF, run, Long::sum);
                    run = 0;
                }
            }
            before = image;
        }
        return counts.entrySet().stream().map(entry -> new Count(entry.getKey(), entry.getValue())).toList();
    }

    static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    /** Whether the pixels have more than {@code most} colours: a photograph is known by its first rows. */
    static boolean hasMoreColors(int[] pixels, int most) {
        BitSet seen = new BitSet();
        int distinct = 0;
        for (int rgb : pixels) {
            if (seen.get(rgb & 0xFFFFFF)) continue;
            seen.set(rgb & 0xFFFFFF);
            if (++distinct > most) return true;
        }
        return false;
    }

    int transparent() {
        return colors.length;
    }

    int index(int rgb) {
        return nearest.computeIfAbsent(rgb & 0xFFFFFF, this::search);
    }

    private int search(int rgb) {
        int best = 0;
        for (int i = 1; i < colors.length; i++) if (distance(colors[i], rgb) < distance(colors[best], rgb)) best = i;
        return best;
    }

    private static int distance(int a, int b) {
        int red = (a >> 16 & 255) - (b >> 16 & 255);
        int green = (a >> 8 & 255) - (b >> 8 & 255);
        int blue = (a & 255) - (b & 255);
        return red * red + green * green + blue * blue;
    }

    IndexColorModel model() {
        int[] entries = Arrays.copyOf(Arrays.stream(colors).map(c -> c | 0xFF000000).toArray(), 256);
        return new IndexColorModel(8, 256, entries, 0, true, transparent(), DataBuffer.TYPE_BYTE);
    }
}
