package io.sparknn.nn;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;

/**
 * A module through Kryo: in the form that Java serialisation gives it, for Kryo knows neither {@code writeReplace} nor an
 * annotation on a base class, and would copy fields one by one.
 *
 * <p>Kryo insists on an object of its own making, for which no constructor ran. It gets all fields of the module that
 * was made properly, and takes its place.
 */
final class KryoTravel {
    private KryoTravel() {}

    static void write(Module module, Output out) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
            objects.writeObject(module);
        } catch (IOException e) {
            throw new IllegalStateException("cannot serialise " + module + ": " + e.getMessage(), e);
        }
        out.writeInt(bytes.size());
        out.writeBytes(bytes.toByteArray());
    }

    static void read(Input in, Module shell) {
        byte[] bytes = in.readBytes(in.readInt());
        try (ObjectInputStream objects = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            Module module = (Module) objects.readObject();
            for (Class<?> type = shell.getClass(); type != Object.class; type = type.getSuperclass()) {
                copyFields(type, module, shell);
            }
            if (shell instanceof Layer layer) {
                layer.members().moveTo(layer);
            }
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read a " + shell.getClass().getName() + ": " + e.getMessage(), e);
        }
    }

    private static void copyFields(Class<?> type, Module from, Module to) throws ReflectiveOperationException {
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                field.set(to, field.get(from));
            }
        }
    }
}
