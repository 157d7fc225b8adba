package io.sparknn.connect;

import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.Expression.Literal;
import org.apache.spark.connect.proto.MlCommand;
import org.apache.spark.connect.proto.MlCommandResult;
import org.apache.spark.connect.proto.MlOperator;
import org.apache.spark.connect.proto.MlParams;
import org.apache.spark.connect.proto.MlRelation;
import org.apache.spark.connect.proto.ObjectRef;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.RelationCommon;
import org.apache.spark.connect.proto.SQL;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc;
import org.apache.spark.connect.proto.UserContext;
import org.apache.spark.connect.proto.WriteOperation;
import org.sparkproject.connect.grpc.ManagedChannel;
import org.sparkproject.connect.grpc.netty.NettyChannelBuilder;

/** What a client of Spark Connect sends, message by message: Spark's own client for machine learning is one for Python. */
final class ConnectClient implements AutoCloseable {
    private final String session = UUID.randomUUID().toString();
    private final ManagedChannel channel;
    private final SparkConnectServiceGrpc.SparkConnectServiceBlockingStub server;
    private long plans;

    ConnectClient(int port) {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        server = SparkConnectServiceGrpc.newBlockingStub(channel);
    }

    private MlCommandResult run(Command command) {
        Iterator<ExecutePlanResponse> responses = server.executePlan(ExecutePlanRequest.newBuilder()
                .setSessionId(session)
                .setUserContext(UserContext.newBuilder().setUserId("tester"))
                .setPlan(Plan.newBuilder().setCommand(command))
                .build());
        MlCommandResult result = MlCommandResult.getDefaultInstance();
        while (responses.hasNext()) {
            ExecutePlanResponse response = responses.next();
            if (response.hasMlCommandResult()) {
                result = response.getMlCommandResult();
            }
        }
        return result;
    }

    private MlCommandResult run(MlCommand.Builder command) {
        return run(Command.newBuilder().setMlCommand(command).build());
    }

    private Relation.Builder relation() {
        return Relation.newBuilder().setCommon(RelationCommon.newBuilder().setPlanId(plans++));
    }

    Relation sql(String query) {
        return relation().setSql(SQL.newBuilder().setQuery(query)).build();
    }

    private static MlOperator operator(String name, MlOperator.OperatorType type) {
        return MlOperator.newBuilder()
                .setName(name)
                .setUid("uid_of_the_client")
                .setType(type)
                .build();
    }

    /** Params as a client sends them: numbers, truth values and texts. */
    static MlParams params(Map<String, ?> values) {
        MlParams.Builder params = MlParams.newBuilder();
        values.forEach((name, value) -> params.putParams(name, literal(value)));
        return params.build();
    }

    private static Literal literal(Object value) {
        Literal.Builder literal = Literal.newBuilder();
        return switch (value.getClass().getSimpleName()) {
            case "Integer" -> literal.setInteger((Integer) value).build();
            case "Long" -> literal.setLong((Long) value).build();
            case "Double" -> literal.setDouble((Double) value).build();
            case "Boolean" -> literal.setBoolean((Boolean) value).build();
            default -> literal.setString((String) value).build();
        };
    }

    /** Fits an estimator on the server; gives the reference of the model. */
    ObjectRef fit(String estimator, MlParams params, Relation rows) {
        return run(MlCommand.newBuilder()
                        .setFit(MlCommand.Fit.newBuilder()
                                .setEstimator(operator(estimator, MlOperator.OperatorType.OPERATOR_TYPE_ESTIMATOR))
                                .setParams(params)
                                .setDataset(rows)))
                .getOperatorInfo()
                .getObjRef();
    }

    /** Rows scored by a model on the server. */
    Relation transform(ObjectRef model, MlParams params, Relation rows) {
        return relation()
                .setMlRelation(MlRelation.newBuilder()
                        .setTransform(MlRelation.Transform.newBuilder()
                                .setObjRef(model)
                                .setInput(rows)
                                .setParams(params)))
                .build();
    }

    void writeParquet(Relation rows, String path) {
        run(Command.newBuilder()
                .setWriteOperation(WriteOperation.newBuilder()
                        .setInput(rows)
                        .setSource("parquet")
                        .setPath(path)
                        .setMode(WriteOperation.SaveMode.SAVE_MODE_OVERWRITE))
                .build());
    }

    void save(ObjectRef model, String path) {
        run(MlCommand.newBuilder()
                .setWrite(MlCommand.Write.newBuilder().setObjRef(model).setPath(path)));
    }

    void saveEstimator(String estimator, MlParams params, String path) {
        run(MlCommand.newBuilder()
                .setWrite(MlCommand.Write.newBuilder()
                        .setOperator(operator(estimator, MlOperator.OperatorType.OPERATOR_TYPE_ESTIMATOR))
                        .setParams(params)
                        .setPath(path)));
    }

    /** Loads a model on the server. */
    ObjectRef load(String model, String path) {
        return run(MlCommand.newBuilder()
                        .setRead(MlCommand.Read.newBuilder()
                                .setOperator(operator(model, MlOperator.OperatorType.OPERATOR_TYPE_MODEL))
                                .setPath(path)))
                .getOperatorInfo()
                .getObjRef();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
