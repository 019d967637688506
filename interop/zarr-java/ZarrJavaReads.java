import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zarr.zarrjava.v2.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Reads the Zarr v2 arrays of a manifest with zarr-java and compares the digests of their contents.
 *
 * <p>Reads chunk by chunk, because larger reads of zarr-java are unreliable. Skips float16, which zarr-java does not
 * support.
 */
public final class ZarrJavaReads {
    /** Compares the arrays in a folder with a manifest. Arguments: the folder, the manifest. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        JsonNode manifest = new ObjectMapper().readTree(Path.of(arguments[1]).toFile());
        int read = 0;
        int passed = 0;
        int different = 0;
        for (JsonNode described : manifest.get("arrays")) {
            String type = described.get("dtype").asText();
            if (type.endsWith("f2")) {
                passed++;
                continue;
            }
            byte[] bytes = bytes(folder.resolve(described.get("path").asText()), described, type.charAt(2) - '0');
            String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            read++;
            if (!digest.equals(described.get("sha256").asText())) {
                System.out.println(described.get("path").asText() + ": zarr-java reads different values");
                different++;
            }
        }
        System.out.println("zarr-java: " + read + " arrays read, " + passed + " skipped, " + different + " different");
        System.exit(different > 0 || read == 0 ? 1 : 0);
    }

    private static byte[] bytes(Path path, JsonNode described, int elementBytes) throws Exception {
        Array array = Array.open(path);
        int rank = described.get("shape").size();
        int[] shape = new int[rank];
        int[] chunk = new int[rank];
        int size = elementBytes;
        for (int i = 0; i < rank; i++) {
            shape[i] = described.get("shape").get(i).asInt();
            chunk[i] = described.get("chunks").get(i).asInt();
            size *= shape[i];
        }
        byte[] whole = new byte[size];
        long[] index = new long[rank];
        while (true) {
            byte[] part = littleEndian(array.readChunk(index).copyTo1DJavaArray(), elementBytes);
            place(whole, shape, part, chunk, index, elementBytes, 0, 0, 0);
            int axis = rank - 1;
            while (axis >= 0 && (index[axis] + 1) * chunk[axis] >= shape[axis]) {
                index[axis--] = 0;
            }
            if (axis < 0) {
                return whole;
            }
            index[axis]++;
        }
    }

    private static byte[] littleEndian(Object elements, int size) {
        ByteBuffer bytes = ByteBuffer.allocate(java.lang.reflect.Array.getLength(elements) * size).order(ByteOrder.LITTLE_ENDIAN);
        if (elements instanceof byte[] values) {
            bytes.put(values);
        } else if (elements instanceof short[] values) {
            bytes.asShortBuffer().put(values);
        } else if (elements instanceof int[] values) {
            bytes.asIntBuffer().put(values);
        } else if (elements instanceof long[] values) {
            bytes.asLongBuffer().put(values);
        } else if (elements instanceof float[] values) {
            bytes.asFloatBuffer().put(values);
        } else if (elements instanceof double[] values) {
            bytes.asDoubleBuffer().put(values);
        } else if (elements instanceof boolean[] values) {
            for (boolean value : values) {
                bytes.put((byte) (value ? 1 : 0));
            }
        } else {
            throw new IllegalStateException("elements of " + elements.getClass());
        }
        return bytes.array();
    }

    private static void place(
            byte[] whole, int[] shape, byte[] part, int[] chunk, long[] index, int size, int axis, int from, int to) {
        int begin = (int) index[axis] * chunk[axis];
        int n = Math.min(chunk[axis], shape[axis] - begin);
        if (axis == shape.length - 1) {
            System.arraycopy(
                    part, from * chunk[axis] * size, whole, (to * shape[axis] + begin) * size, n * size);
            return;
        }
        for (int i = 0; i < n; i++) {
            place(whole, shape, part, chunk, index, size, axis + 1, from * chunk[axis] + i, to * shape[axis] + begin + i);
        }
    }
}
