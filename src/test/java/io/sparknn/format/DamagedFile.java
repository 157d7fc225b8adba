package io.sparknn.format;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Accidents that happen to files. */
final class DamagedFile {
    private DamagedFile() {}

    /** One accident; the numbers, none negative, say which and where. */
    static byte[] damage(byte[] file, int[] numbers) {
        if (file.length == 0) {
            return file;
        }
        int at = numbers[1] % file.length;
        int length = numbers[2] % Math.min(16, file.length - at + 1);
        int to = numbers[3] % file.length;
        return switch (numbers[0] % 5) {
            case 0 -> changed(file, at, file[at] ^ 1 << numbers[2] % 8);
            case 1 -> changed(file, at, numbers[2]);
            case 2 -> Arrays.copyOf(file, at);
            case 3 -> joined(file, at, at + length, file.length, file.length);
            default -> joined(file, to, at, at + length, to);
        };
    }

    private static byte[] changed(byte[] file, int at, int value) {
        byte[] changed = file.clone();
        changed[at] = (byte) value;
        return changed;
    }

    /** The first bytes, then a stretch from anywhere, then the last bytes. */
    private static byte[] joined(byte[] file, int first, int from, int until, int last) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(file, 0, first);
        out.write(file, from, until - from);
        out.write(file, last, file.length - last);
        return out.toByteArray();
    }

    /** The file with the length of its header set right. */
    static byte[] mended(byte[] file) {
        int end = file.length;
        while (end > 8 && file[end - 1] != '}') {
            end--;
        }
        if (end <= 8) {
            return file;
        }
        byte[] header = Arrays.copyOfRange(file, 8, end);
        return RawFile.of(header.length, header, Arrays.copyOfRange(file, end, file.length));
    }
}
