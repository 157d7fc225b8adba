package io.sparknn.lazy;

import io.sparknn.nn.Module;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

/** What pickling is to PyTorch: a module as it arrives on an executor. */
final class Sent {
    private Sent() {}

    /** The module out of its bytes of Java serialisation. */
    @SuppressWarnings("unchecked") // it arrives as what it was sent as
    static <M extends Module> M copy(M module) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(module);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (M) in.readObject();
        }
    }
}
