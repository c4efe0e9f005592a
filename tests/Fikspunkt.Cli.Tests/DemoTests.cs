using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Fikspunkt.Testing;

namespace Fikspunkt.Cli.Tests;

/// <summary>The main job from end to end, on the synthetic Denmark.</summary>
public sealed class DemoTests : IDisposable
{
    private const string Header = "municipality_code,municipality,outcome,period,actual,expected,difference,se,lower,upper,rank,rank_lower,rank_upper,rank_lower_simultaneous,rank_upper_simultaneous,class,shrunken";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Demo_Twice_WritesTheSameFilesThatVerifyAndAreMarkedSynthetic()
    {
        var answer = FikspunktCommand.Run(folder.Path, "demo", "--out", "one", "--no-serve", "--json").ShouldEndWith(0);
        using var json = JsonDocument.Parse(answer.Output);
        json.RootElement.GetProperty("synthetic").GetBoolean().ShouldBeTrue();
        json.RootElement.GetProperty("units").GetInt32().ShouldBe(98);

        var results = File.ReadAllLines(folder.File("one/results.csv"));
        results[0].ShouldBe(Header);
        results.Skip(1).Where(line => line.Contains(",synthetic-total,2024QMAT04,", StringComparison.Ordinal)).Count().ShouldBe(98);
        results.Skip(1).ShouldAllBe(line => line.Contains(",synthetic-", StringComparison.Ordinal));
        File.ReadAllText(folder.File("one/report.html")).ShouldContain("SYNTETISKE");
        File.Exists(folder.File("one/results.xlsx")).ShouldBeTrue();

        await ServeWhileFiguresAndPublicationsArrive();
        File.ReadAllText(folder.File("two/report.html")).ShouldContain("SYNTHETIC");
        File.ReadAllBytes(folder.File("two/results.csv")).ShouldBe(File.ReadAllBytes(folder.File("one/results.csv")));
        var package = Package("one");
        Path.GetFileName(Package("two")).ShouldBe(Path.GetFileName(package));

        FikspunktCommand.Run(folder.Path, "verify", package).ShouldEndWith(0);
        Directory.GetFiles(folder.File("one"), "measurements-*.zip").Select(Path.GetFileName).ShouldBe(Directory.GetFiles(folder.File("two"), "measurements-*.zip").Select(Path.GetFileName));
        ChangeOneDigit(package, "results/results.csv");
        FikspunktCommand.Run(folder.Path, "verify", package).ShouldEndWith(1).Output.ShouldContain("results/results.csv");
    }

    /// <summary>The demonstration as a user has it: it ends on the site, where measurements and a newer vintage arrive while pages are asked for.</summary>
    private async Task ServeWhileFiguresAndPublicationsArrive()
    {
        using var usual = Occupy();
        using var site = await ServedProcess.Start(folder.Path, "demo", "--out", "two", "--lang", "en");
        site.Output.ShouldContain("SYNTHETIC");
        site.Output.ShouldContain("is taken");
        site.Address.Port.ShouldNotBe(5173);

        var versions = new HashSet<string>(StringComparer.Ordinal);
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(() => Read(site.Client, versions, stop.Token), Token);
        await site.Until(() => site.Output.Contains(".zip", StringComparison.Ordinal) && site.Output.Contains("have joined", StringComparison.Ordinal));
        await Shown(site, "publications", 2);
        var figures = await File.ReadAllTextAsync(folder.File("two/synthetic-denmark.csv"), Token);
        await File.WriteAllTextAsync(folder.File("newer.csv"), figures, Token);
        FikspunktCommand.Run(folder.Path, "import", "csv", "newer.csv", "--table", "synthetic-denmark", "--store", "two/fikspunkt.duckdb").ShouldEndWith(0);
        await Shown(site, "vintages", 2);
        await stop.CancelAsync();
        await reading;

        versions.Count.ShouldBeGreaterThanOrEqualTo(3, "as it began, with measurements, with the newer vintage");
        site.Terminate();
        (await site.Ended()).ShouldBe(0, site.Error);
        site.Error.ShouldNotContain("Unhandled");
    }

    // Every page is whole and of one version: what it says of itself is what its mark says.
    private static async Task Read(HttpClient client, HashSet<string> versions, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            using var answer = await client.GetAsync($"/{(i % 2 == 0 ? "" : "en")}?egen={(i % 3 == 0 ? "851" : "101")}", Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            var version = answer.Headers.ETag!.Tag.Trim('"').Split('-')[0];
            (await answer.Content.ReadAsStringAsync(Token)).ShouldContain(version);
            versions.Add(version);
        }
    }

    private static async Task Shown(ServedProcess site, string what, int atLeast)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            using var json = JsonDocument.Parse(await site.Client.GetStringAsync("/sundhed/klar", Token));
            json.RootElement.GetProperty("ready").GetBoolean().ShouldBeTrue();
            if (json.RootElement.GetProperty(what).GetInt32() >= atLeast)
            {
                return;
            }

            await Task.Delay(100, patience.Token);
        }
    }

    // The usual port may be taken by somebody else already, which is as good.
    private static TcpListener? Occupy()
    {
        try
        {
            var listener = new TcpListener(IPAddress.Loopback, 5173);
            listener.Start();
            return listener;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private string Package(string run) => Directory.GetFiles(folder.File(run), "synthetic-denmark*.zip").ShouldHaveSingleItem();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static void ChangeOneDigit(string zip, string name)
    {
        using var archive = ZipFile.Open(zip, ZipArchiveMode.Update);
        var entry = archive.GetEntry(name)!;
        string text;
        using (var reader = new StreamReader(entry.Open()))
        {
            text = reader.ReadToEnd();
        }

        var place = text.IndexOf("total,2024QMAT04,", StringComparison.Ordinal) + "total,2024QMAT04,".Length;
        var digit = text[place] == '9' ? '8' : (char)(text[place] + 1);
        entry.Delete();
        using var writer = new StreamWriter(archive.CreateEntry(name).Open());
        writer.Write(text[..place] + digit + text[(place + 1)..]);
    }
}
