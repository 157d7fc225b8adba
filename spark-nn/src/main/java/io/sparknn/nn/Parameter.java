package io.sparknn.nn;

import io.sparknn.tensor.RandomStream;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.function.Consumer;

/**
 * A named tensor of a layer, which training changes; or, registered as a buffer, one that belongs to the layer and is
 * saved with it but not trained by gradients.
 *
 * <p>Its first values are drawn when first needed, from the seed and the path of the parameter in its network: so the
 * order in which layers are made changes nothing. Reading, setting or loading fixes them.
 *
 * <p>Values are never changed in place: {@link #set} puts a new array there, so that what was read or shipped before
 * stays what it was.
 */
public final class Parameter extends Tensor {
    private Layer owner;
    private final String name;
    private final boolean buffer;
    private Init init;
    private boolean ownInit;
    private volatile float[] values;
    private boolean given;

    Parameter(Layer owner, String name, boolean buffer, Init init, Shape shape) {
        super(shape);
        this.owner = owner;
        this.name = name;
        this.buffer = buffer;
        this.init = init;
    }

    /**
     * The values, drawn now if nothing asked for them before.
     *
     * @return a tensor that does not change when this parameter does
     */
    public Tensor value() {
        return Tensor.of(load(true), shape());
    }

    /**
     * Replaces the values.
     *
     * @param value new values of the same shape
     * @return this
     * @throws IllegalArgumentException if the shape differs
     */
    public Parameter set(Tensor value) {
        if (!value.shape().equals(shape())) {
            throw new IllegalArgumentException(
                    this.describe() + " expects values of shape " + shape() + ", got " + value.shape());
        }
        adopt(value.toArray());
        return this;
    }

    /**
     * Draws new values by another initialiser when they are next needed.
     *
     * @param initialiser the initialiser
     * @return this
     */
    public Parameter init(Init initialiser) {
        init = initialiser;
        ownInit = true;
        values = null;
        given = false;
        return this;
    }

    /**
     * The name within its layer.
     *
     * @return for example {@code weight}
     */
    public String name() {
        return name;
    }

    /**
     * Tells whether training changes this parameter: not if it is a buffer, or its layer or one around it is frozen.
     *
     * @return the flag
     */
    @Override
    public boolean requiresGrad() {
        return !buffer && owner.isTrainable();
    }

    /**
     * Not for parameters: a layer is frozen as a whole.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public Tensor requiresGrad(boolean value) {
        throw new UnsupportedOperationException(
                "a parameter is trained or not with its layer; call " + owner.who() + ".setTrainable(" + value + ")");
    }

    @Override
    protected float[] load(boolean draw) {
        float[] known = values;
        return known != null || !draw ? known : draw();
    }

    @Override
    protected Consumer<float[]> store() {
        if (!buffer) {
            throw new IllegalStateException("an update expects a buffer, got " + describe()
                    + "; parameters change by their gradients, register what shall not with addBuffer");
        }
        return this::adopt;
    }

    private synchronized float[] draw() {
        if (values == null) {
            float[] drawn = new float[shape().size()];
            init.fill(drawn, shape(), RandomStream.of(owner.effectiveSeed(), owner.path(name)));
            values = drawn;
        }
        return values;
    }

    void moveTo(Layer other) {
        owner = other;
    }

    boolean isBuffer() {
        return buffer;
    }

    /** Takes over values and initialiser of the same parameter in a copy of the layer. */
    void takeFrom(Parameter other) {
        init = other.init;
        ownInit = other.ownInit;
        values = other.values;
        given = other.given;
    }

    /** Takes an array that nobody else changes, but for the engine in {@link TrainedWeights}. */
    void adopt(float[] loaded) {
        values = loaded;
        given = true;
    }

    /** Takes values that an initialiser drew elsewhere. */
    void adoptDrawn(float[] loaded) {
        values = loaded;
        given = false;
    }

    /** Whether nothing has asked for the values yet, and the constructor alone says how they will be drawn. */
    boolean isUndrawn() {
        return values == null && !ownInit;
    }

    /** Whether the values were set, loaded or trained, and not just drawn. */
    boolean isGiven() {
        return given;
    }

    String describe() {
        return (buffer ? "buffer " : "parameter ") + name + " of " + owner.who();
    }
}
