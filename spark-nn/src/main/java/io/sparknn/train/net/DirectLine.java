package io.sparknn.train.net;

/**
 * To a coordinator in the same JVM: local mode, where nothing goes over a network.
 *
 * @param coordinator the coordinator
 * @param ticket the attempt
 * @param party the workers here
 */
record DirectLine(Coordinator coordinator, Ticket ticket, Party party) implements DriverLine {
    @Override
    public void register(Member member, Patience patience) {
        coordinator.register(ticket, member, party);
    }

    @Override
    public void ask(int rank, byte[] question) {
        coordinator.ask(ticket, rank, question, party);
    }

    @Override
    public void leave(int rank, String why) {
        coordinator.leave(ticket, rank, why);
    }
}
