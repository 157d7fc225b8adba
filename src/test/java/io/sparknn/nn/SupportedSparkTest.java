package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.apache.spark.ml.param.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Spark of this build is taken; what tells the other one apart is looked for. */
@Tag("fast")
@Tag("smoke")
final class SupportedSparkTest {
    @Test
    void takesTheSparkOfThisBuild() {
        assertThatCode(SupportedSpark::check).doesNotThrowAnyException();
    }

    @Test
    void looksForTheConstructorThatOneSparkLacks() {
        assertThat(SupportedSpark.paramsCanBeMade(Param.class)).isTrue();
        assertThat(SupportedSpark.paramsCanBeMade(Object.class)).isFalse();
    }
}
