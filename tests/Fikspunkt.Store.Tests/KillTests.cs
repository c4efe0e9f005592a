using System.Diagnostics;
using System.Globalization;
using Fikspunkt.Domain;
using Fikspunkt.Testing;

namespace Fikspunkt.Store.Tests;

/// <summary>A process that imports is killed at random moments; the store must hold every finished vintage, and only whole ones.</summary>
public sealed class KillTests
{
    private const int Kills = 200;
    private const int LongestLife = 350;

    // A store that has grown takes longer to check than to kill.
    private const int KillsPerStore = 10;

    [Fact]
    public async Task Import_KilledAtRandomMoments_LosesNothingAndLeavesNothingHalf()
    {
        var random = new Random(20261120);
        var finished = new List<string>();
        var killedWhileImporting = 0;
        for (var kill = 0; kill < Kills; kill += KillsPerStore)
        {
            using var folder = new TemporaryFolder();
            var store = folder.File("store.duckdb");
            finished.Clear();
            for (var i = 0; i < KillsPerStore; i++)
            {
                finished.AddRange(await RunAndKill(store, random));
                killedWhileImporting += CheckStore(store, finished);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{Kills} kills, {killedWhileImporting} vintages were finished but not yet told of.");
    }

    [Fact]
    public async Task Open_KilledWhileTheStoreIsMade_StillOpens()
    {
        var random = new Random(408);
        using var folder = new TemporaryFolder();
        for (var kill = 0; kill < Kills; kill++)
        {
            var path = folder.File($"store{kill}.duckdb");
            using var process = Start(path, kill);

            // The first sign of the store, under whatever name, is the moment at which its making begins.
            while (Directory.GetFiles(folder.Path, $"store{kill}.*").Length == 0 && !process.HasExited)
            {
                await Task.Yield();
            }

            await Task.Delay(random.Next(25), TestContext.Current.CancellationToken);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            using var store = ObservationStore.Open(path);
            store.Vintages().Count.ShouldBeLessThan(50);
        }
    }

    [Fact]
    public async Task Open_StoreOfALivingProcess_SaysThatItIsInUse()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("store.duckdb");
        using var process = Start(path, 1);
        (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("open");
        var problem = Should.Throw<InputException>(() => ObservationStore.Open(path)).Problems.Single();
        (problem.Rule, problem.File).ShouldBe((Texts.StoreInUse, path));
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task OpenWhenFree_StoreOfAProcessThatEnds_WaitsForItAndSaysSoOnce()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("store.duckdb");
        using var process = Start(path, 2);
        (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("open");
        var said = 0;

        // The other process lives on until this one has begun to wait for it.
        using var store = ObservationStore.OpenWhenFree(
            path,
            TimeSpan.FromMinutes(2),
            () =>
            {
                said++;
                process.Kill();
            },
            TestContext.Current.CancellationToken);

        said.ShouldBe(1);
        store.Vintages().ShouldNotBeNull();
    }

    [Fact]
    public async Task OpenWhenFree_StoreOfAProcessThatGoesOn_GivesUpOrStopsWhenAskedTo()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("store.duckdb");
        using var process = Start(path, 3);
        (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("open");
        var said = 0;

        var problem = Should.Throw<InputException>(() => ObservationStore.OpenWhenFree(path, TimeSpan.FromMilliseconds(250), () => said++, TestContext.Current.CancellationToken)).Problems.Single();
        (problem.Rule, problem.File, said).ShouldBe((Texts.StoreInUse, path, 1));
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => ObservationStore.OpenWhenFree(path, TimeSpan.FromMinutes(2), stop.Cancel, stop.Token));

        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void OpenWhenFree_FileThatIsNoStore_IsRefusedAtOnce()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("text.duckdb"), new string('x', 20_000));
        Should.Throw<InputException>(() => ObservationStore.OpenWhenFree(folder.File("text.duckdb"), TimeSpan.FromMinutes(2), () => throw new InvalidOperationException("nothing to wait for")))
            .Problems.Single().Rule.ShouldBe(Texts.NotAStore);
    }

    /// <summary>Lets the process live for a random time after it has opened the store (sometimes while it still opens it); returns the vintages that it told of.</summary>
    private static async Task<List<string>> RunAndKill(string store, Random random)
    {
        using var process = Start(store, random.Next());
        var life = random.Next(LongestLife);
        if (random.Next(10) > 0)
        {
            (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("open");
        }

        await Task.Delay(life, TestContext.Current.CancellationToken);
        process.HasExited.ShouldBeFalse();
        process.Kill();
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        // The last line may have been cut off by the kill.
        var whole = output[..(output.LastIndexOf('\n') + 1)];
        return [.. whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line != "open")];
    }

    /// <summary>Recomputes every vintage; returns how many more there are than were told of, which is one at most for each kill.</summary>
    private static int CheckStore(string path, List<string> finished)
    {
        using var store = ObservationStore.Open(path);
        var vintages = store.Vintages();
        var told = vintages.Select(vintage => string.Create(CultureInfo.InvariantCulture, $"{vintage.Id} {vintage.Rows} {vintage.ValueHash}")).ToList();
        finished.ShouldBeSubsetOf(told);
        (told.Count - finished.Count).ShouldBeLessThanOrEqualTo(1);
        foreach (var vintage in vintages)
        {
            var rows = store.Read(vintage.Id);
            rows.Count.ShouldBe((int)vintage.Rows);
            HashInOrder(rows).ShouldBe(vintage.ValueHash);
        }

        var untold = told.Except(finished, StringComparer.Ordinal).ToList();
        finished.AddRange(untold);
        return untold.Count;
    }

    /// <summary>As <see cref="ValueHash.Of"/> without its sorting: with one kind of period the store's order is the hash's.</summary>
    private static string HashInOrder(IReadOnlyList<Observation> rows)
    {
        using var hash = new ValueHash();
        foreach (var row in rows)
        {
            hash.Append(row.Indicator, row.Breakdown, row.Area, row.Period.ToString(), row.Value, row.Status);
        }

        return hash.Finish();
    }

    private static Process Start(string store, int seed)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Fikspunkt.Store.KillTarget.exe" : "Fikspunkt.Store.KillTarget");
        return Process.Start(new ProcessStartInfo(program, [store, seed.ToString(CultureInfo.InvariantCulture)]) { UseShellExecute = false, RedirectStandardOutput = true })!;
    }
}
