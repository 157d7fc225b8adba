package io.sparknn.train.net;

/** All workers of an attempt, as those of one JVM see them once all are there. */
final class Company {
    private static final int TURNS = 2;

    private final Roster roster;
    private final int group;
    private final Meeting meeting;
    private final Object[][] slots;

    Company(Roster roster, int group) {
        this.roster = roster;
        this.group = group;
        this.meeting = new Meeting(roster.group(group));
        this.slots = new Object[TURNS][roster.group(group).length];
    }

    Roster roster() {
        return roster;
    }

    /** The number of this JVM. */
    int group() {
        return group;
    }

    /** The ranks of the workers here. */
    int[] locals() {
        return roster.group(group);
    }

    Meeting meeting() {
        return meeting;
    }

    /**
     * Where the workers here leave things for each other, by local rank. There are two sets, used in turns: who leaves
     * something for the next round has met the others in this one, but some may still read what was left in it.
     */
    Object[] slots(int round) {
        return slots[round % TURNS];
    }
}
