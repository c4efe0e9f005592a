using System.Diagnostics;

namespace Fikspunkt.DuckDb.Tests;

/// <summary>Measures its own process, so nothing else may run in it meanwhile.</summary>
[CollectionDefinition(nameof(LeakTests), DisableParallelization = true)]
[Collection(nameof(LeakTests))]
public sealed class LeakTests
{
    private const int Queries = 100_000;
    private const long AllowedGrowth = 16 << 20;

    // A result, chunk or statement that stays costs kilobytes for each query, the types of four columns some 200 bytes: 20 MB
    // and up over the run. Below that the collector's and the allocators' steps of some megabytes hide it.
    [Fact]
    public void Queries_HundredThousand_LeaveMemoryAndHandlesFlat()
    {
        using var connection = new DuckDbConnection("Data Source=:memory:;threads=1");
        connection.Open();
        connection.Run("CREATE TABLE t AS SELECT i, 'a text that is longer than twelve bytes ' || i AS s, i / 2 AS d, [i, i] AS l, i::DECIMAL(9,2) AS n FROM range(10) t(i)");
        Ask(connection, Queries / 5);
        var (memory, handles) = Measure();

        Ask(connection, Queries);

        var (memoryAfter, handlesAfter) = Measure();
        TestContext.Current.TestOutputHelper?.WriteLine($"{Queries} queries: memory {(memoryAfter - memory) / 1024} KB, handles {handlesAfter - handles} more than after the warm-up.");
        (memoryAfter - memory).ShouldBeLessThan(AllowedGrowth);
        (handlesAfter - handles).ShouldBeLessThan(20);
    }

    private static void Ask(DuckDbConnection connection, int count)
    {
        using var command = connection.CreateCommand("SELECT s, d, l, n FROM t WHERE i = $i");
        var parameter = command.Parameters.Add("i", 0);
        using var faulty = connection.CreateCommand("SELECT no_such_column FROM t");
        for (var i = 0; i < count; i++)
        {
            parameter.Value = i % 10;
            using var reader = command.ExecuteReader();
            _ = reader.Read();
            _ = (reader.GetString(0), reader.GetDouble(1), reader.GetFieldValue<long[]>(2), reader.GetDecimal(3));
            if (i % 100 == 0)
            {
                _ = Should.Throw<DuckDbException>(() => faulty.ExecuteNonQuery());
            }
        }
    }

    private static (long Memory, int Handles) Measure()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return (process.WorkingSet64, process.HandleCount);
    }
}
