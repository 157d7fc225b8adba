package io.sparknn.nn.plan;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.types.DataType;

/** Where a task finds its inputs in the rows it is given, which columns pass, and which of the new ones are written. */
public final class RowLayout implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int[] inputs;
    private final DataType[] inputTypes;
    private final boolean all;
    private final int[] passing;
    private final DataType[] passingTypes;
    private final boolean[] passingNullable;
    private final int[] written;

    RowLayout(
            List<Attribute> rows,
            List<Attribute> inputs,
            List<Attribute> passing,
            List<Attribute> outputs,
            List<Attribute> written) {
        this.inputs = places(rows, inputs);
        this.inputTypes = types(inputs);
        this.passing = places(rows, passing);
        this.passingTypes = types(passing);
        this.passingNullable = new boolean[passing.size()];
        boolean same = rows.size() == passing.size();
        for (int i = 0; i < passing.size(); i++) {
            same &= this.passing[i] == i;
            passingNullable[i] = passing.get(i).nullable();
        }
        this.all = same;
        this.written = places(outputs, written);
    }

    private static DataType[] types(List<Attribute> attributes) {
        return attributes.stream().map(Attribute::dataType).toArray(DataType[]::new);
    }

    private static int[] places(List<Attribute> among, List<Attribute> wanted) {
        int[] places = new int[wanted.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = place(among, wanted.get(i));
        }
        return places;
    }

    private static int place(List<Attribute> among, Attribute wanted) {
        for (int i = 0; i < among.size(); i++) {
            if (among.get(i).exprId().equals(wanted.exprId())) {
                return i;
            }
        }
        throw new IllegalStateException("scoring expects " + wanted + " in its input, got " + among);
    }

    /**
     * The place of a task's input in the rows.
     *
     * @param input its number
     * @return the ordinal
     */
    public int input(int input) {
        return inputs[input];
    }

    /**
     * The type of a task's input.
     *
     * @param input its number
     * @return the type
     */
    public DataType inputType(int input) {
        return inputTypes[input];
    }

    /** Whether rows pass as they are. */
    boolean passesAll() {
        return all;
    }

    int[] passing() {
        return passing;
    }

    DataType[] passingTypes() {
        return passingTypes;
    }

    boolean passingNullable(int i) {
        return passingNullable[i];
    }

    int[] written() {
        return written;
    }
}
