package io.sparknn.nn.plan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.types.DataType;

/**
 * Where tasks find their inputs, which columns pass, and where the new ones are written. The first task reads the rows
 * that come in; those behind it read rows as they go out, in which all columns are that they need.
 */
final class RowLayout implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int[] passing;
    private final DataType[] passingTypes;
    private final boolean all;
    private final int fields;
    private final int[][] inputs;
    private final DataType[][] inputTypes;
    private final int[][] outputs;
    private final int[] between;

    RowLayout(
            List<Attribute> rows,
            List<Attribute> passing,
            List<List<Attribute>> inputs,
            List<List<Attribute>> outputs,
            List<Attribute> written,
            List<Attribute> between) {
        this.passing = places(rows, passing);
        this.passingTypes = types(passing);
        boolean same = rows.size() == passing.size();
        for (int i = 0; i < passing.size(); i++) {
            same &= this.passing[i] == i;
        }
        this.all = same;
        List<Attribute> out = new ArrayList<>(passing);
        out.addAll(written);
        this.fields = out.size();
        this.inputs = new int[inputs.size()][];
        this.inputTypes = new DataType[inputs.size()][];
        this.outputs = new int[inputs.size()][];
        for (int i = 0; i < inputs.size(); i++) {
            this.inputs[i] = places(i == 0 ? rows : out, inputs.get(i));
            this.inputTypes[i] = types(inputs.get(i));
            this.outputs[i] = places(out, outputs.get(i));
            check(inputs.get(i), this.inputs[i], i == 0 ? rows : out);
        }
        check(passing, this.passing, rows);
        this.between = places(out, between);
    }

    private static DataType[] types(List<Attribute> attributes) {
        return attributes.stream().map(Attribute::dataType).toArray(DataType[]::new);
    }

    private static int[] places(List<Attribute> among, List<Attribute> wanted) {
        return wanted.stream().mapToInt(attribute -> place(among, attribute)).toArray();
    }

    private static int place(List<Attribute> among, Attribute wanted) {
        for (int i = 0; i < among.size(); i++) {
            if (among.get(i).exprId().equals(wanted.exprId())) {
                return i;
            }
        }
        return -1;
    }

    private static void check(List<Attribute> wanted, int[] places, List<Attribute> among) {
        for (int place : places) {
            if (place < 0) {
                throw new IllegalStateException("scoring expects columns " + wanted + ", got " + among);
            }
        }
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

    /** Fields of a row that goes out: what passes, then what is written. */
    int fields() {
        return fields;
    }

    int tasks() {
        return inputs.length;
    }

    RowStep start(int number, RowTask task) {
        return task.start(inputs[number], inputTypes[number]);
    }

    /** Whether all that a task reads is the one new column of the task before it. */
    boolean follows(int number) {
        return number > 0
                && outputs[number - 1].length == 1
                && outputs[number - 1][0] >= 0
                && Arrays.equals(inputs[number], outputs[number - 1]);
    }

    /** Whether a field need not be written where the task behind was handed its values. */
    boolean isBetween(int field) {
        return Arrays.stream(between).anyMatch(one -> one == field);
    }

    /** The fields that a task's new columns are written to; below 0 those that nobody needs. */
    int[] outputs(int number) {
        return outputs[number];
    }
}
