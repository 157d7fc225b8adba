# What examples/run and examples/cluster share: building, and a SPARK_HOME of the jars that Maven fetched. Sourced by them.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
version=0.1.0
library=$root/spark-nn/target/spark-nn-$version.jar

fail() {
    echo "$program: $1" >&2
    exit 1
}

maven() {
    (cd "$root" && ./mvnw -B -ntp -q "$@") </dev/null >&2 || fail "the build failed, see above; ./mvnw verify says more"
}

# older FILE THAN...: FILE is not there, or something in THAN has changed since it was written.
older() {
    local file=$1
    shift
    [ ! -e "$file" ] || [ -n "$(find "$@" -newer "$file" -print -quit)" ]
}

# build TARGET [Maven's arguments]: brings the jars in the build directories TARGET up to date. The stamp is for changes
# that leave a jar as it was.
build() {
    local target=$root/examples/$1
    local inputs=("$root/pom.xml" "$root"/{spark-nn,examples}/pom.xml "$root"/{spark-nn,examples}/src/main)
    shift
    examples=$target/spark-nn-examples-$version.jar
    if [ ! -e "$library" ] || [ ! -e "$examples" ] ||
        { older "$examples" "${inputs[@]}" && older "$target/run.stamp" "${inputs[@]}"; }; then
        echo "$program: building ..." >&2
        maven "$@" -Dmaven.test.skip package
        touch "$target/run.stamp"
    fi
}

# Makes examples/target/spark an ordinary SPARK_HOME: links to the jars on Maven's class path, and the launcher among
# them finds out the JVM's options as it does for bin/spark-submit. SPARK_PROFILE names a profile of the build for another
# line of Spark, such as spark-3.5; then it is examples/target-spark-3.5/spark.
maven_spark() {
    local target=$root/examples/target${SPARK_PROFILE:+-$SPARK_PROFILE}
    local list=$target/class-path jars=$target/spark/jars profile=${SPARK_PROFILE:+-P$SPARK_PROFILE}
    if older "$list" "$root/pom.xml" "$root/spark-nn/pom.xml" || [ ! -d "$jars" ]; then
        # Two questions: "compile" means provided too, but leaves out what is needed at run time only, as Parquet's Jackson.
        maven $profile -pl spark-nn dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile="$list.runtime"
        maven $profile -pl spark-nn dependency:build-classpath -DincludeScope=compile -Dmdep.outputFile="$list"
        rm -rf "$jars"
        mkdir -p "$jars"
        IFS=: read -rd '' -a found < <(printf '%s:%s' "$(<"$list")" "$(<"$list.runtime")") || true
        ln -sf "${found[@]}" "$jars/"
    fi
    export SPARK_HOME=$target/spark SPARK_CONF_DIR=${SPARK_CONF_DIR:-$root/conf}
    scala_version
}

# The launcher insists on it.
scala_version() {
    SPARK_SCALA_VERSION=$(basename "$SPARK_HOME"/jars/spark-core_*.jar | sed 's/spark-core_\([0-9.]*\)-.*/\1/')
    export SPARK_SCALA_VERSION
}

# The library's jar serves all lines; programs are compiled for the one of SPARK_HOME.
build_for_spark() {
    build target
    if compgen -G "${SPARK_HOME:-/nowhere}/jars/spark-core_2.12-*.jar" >/dev/null; then
        build target-spark-3.5 -Pspark-3.5
    fi
}

# options CLASS ARGUMENTS...: the words of the command that launch would run, a line each.
options() {
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx128m -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main \
        "org.apache.spark.deploy.$1" "${@:2}" | tr '\0' '\n'
}

# launch CLASS ARGUMENTS...: what bin/spark-class does. The launcher prints the command to run, each word ended by a NUL,
# after an empty one that ends in a newline.
launch() {
    local java=${JAVA_HOME:+$JAVA_HOME/bin/}java words=()
    while IFS= read -r -d '' word; do words+=("$word"); done < <(
        "$java" -Xmx128m -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main "$@"
    )
    [ "${#words[@]}" -gt 2 ] || fail "Spark's launcher gave no command: ${words[*]-}"
    words[1]=${words[1]#$'\n'}
    exec "${words[@]:1}"
}
