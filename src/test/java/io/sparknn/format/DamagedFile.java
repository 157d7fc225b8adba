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
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (numbers[0] % 5) {
            case 0: // a bit flips
                byte[] flipped = file.clone();
                flipped[at] ^= (byte) (1 << numbers[2] % 8);
                return flipped;
            case 1: // a byte changes
                byte[] changed = file.clone();
                changed[at] = (byte) numbers[2];
                return changed;
            case 2: // the end is lost
                out.write(file, 0, at);
                return out.toByteArray();
            case 3: // a stretch is lost
                out.write(file, 0, at);
                out.write(file, at + length, file.length - at - length);
                return out.toByteArray();
            default: // a stretch appears elsewhere too
                out.write(file, 0, to);
                out.write(file, at, length);
                out.write(file, to, file.length - to);
                return out.toByteArray();
        }
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
