package io.sparknn.nn;

import java.util.LinkedHashMap;
import java.util.Map;

/** Initialisers by the names of the parameters they are for; immutable. */
public final class NamedInits {
    private final Map<String, Init> inits;

    NamedInits() {
        this(new LinkedHashMap<>());
    }

    private NamedInits(Map<String, Init> inits) {
        this.inits = inits;
    }

    NamedInits with(String name, Init init) {
        if (init == null) {
            throw new IllegalArgumentException("an initialiser for " + name + " expects an Init, got null");
        }
        Map<String, Init> more = new LinkedHashMap<>(inits);
        more.put(name, init);
        return new NamedInits(more);
    }

    Map<String, Init> byName() {
        return inits;
    }

    /** Has every parameter of these names drawn by its initialiser; those whose values are fixed already are drawn anew. */
    void apply(Layer layer) {
        inits.forEach((name, init) -> {
            boolean used = false;
            for (Map.Entry<String, Parameter> entry : layer.parameters().entrySet()) {
                if (entry.getKey().equals(name) || entry.getKey().endsWith("." + name)) {
                    entry.getValue().init(init);
                    used = true;
                }
            }
            if (!used) {
                throw new IllegalArgumentException(layer.who() + " expects an initialiser for one of "
                        + layer.parameters().keySet() + ", got one for \"" + name + "\"");
            }
        });
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NamedInits namedInits && inits.equals(namedInits.inits);
    }

    @Override
    public int hashCode() {
        return inits.hashCode();
    }

    @Override
    public String toString() {
        return inits.toString();
    }
}
