using System.Net;
using System.Text.Json;
using Fikspunkt.Testing;
using Fikspunkt.Web.Content;
using Microsoft.AspNetCore.Builder;

namespace Fikspunkt.Web.Tests;

/// <summary>What is shown when the folder changes under the server or is not whole.</summary>
public sealed class RefreshTests(SiteFixture site) : IDisposable
{
    private const string Notice = "kan ikke læses lige nu";
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("site/site.css")]
    [InlineData("docs/methods/rank.md")]
    [InlineData("en/Fikspunkt.Web.resources.dll")]
    public void Program_WithOneFileOfAnother_IsAnotherSoThatNoBrowserKeepsTheOldPage(string name)
    {
        foreach (var file in (string[])["Fikspunkt.Web.dll", "site/site.css", "docs/methods/rank.md", "en/Fikspunkt.Web.resources.dll"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.Path, file))!);
            File.WriteAllText(Path.Combine(folder.Path, file), "before");
        }

        var before = ProgramFiles.Of(folder.Path);
        File.SetLastWriteTimeUtc(Path.Combine(folder.Path, name), DateTime.UnixEpoch);
        ProgramFiles.Of(folder.Path).ShouldBe(before, "another time is not another program");
        File.WriteAllText(Path.Combine(folder.Path, name), "after.");
        ProgramFiles.Of(folder.Path).ShouldNotBe(before);
    }

    [Fact]
    public async Task Publication_KeptAsAFolderOnly_IsNotOfferedAsAFile()
    {
        CopyOfTheSite();
        await using var server = await SiteFixture.Serve(folder.Path);
        using var client = Client(server);

        (await client.GetStringAsync("/data", Token)).ShouldNotContain("package.zip");
        using var list = JsonDocument.Parse(await client.GetStringAsync("/api/v1/publications", Token));
        list.RootElement.GetProperty("data").EnumerateArray().ShouldHaveSingleItem().GetProperty("package").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    public static TheoryData<string> Damages { get; } = new("changed", "cut off", "missing", "no manifest", "manifest changed", "one more", "manifest is no JSON");

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Publication_DamagedOnDisk_IsLeftOutWithANoticeAndNoWrongNumber(string damage)
    {
        var package = CopyOfTheSite();
        var results = Path.Combine(package, "results", "results.csv");
        var manifest = Path.Combine(package, "manifest.json");
        switch (damage)
        {
            case "changed":
                var text = await File.ReadAllTextAsync(results, Token);
                await File.WriteAllTextAsync(results, text.Replace("0.", "9.", StringComparison.Ordinal), Token);
                break;
            case "cut off":
                await using (var stream = File.OpenWrite(results))
                {
                    stream.SetLength(stream.Length / 2);
                }

                break;
            case "missing":
                File.Delete(results);
                break;
            case "no manifest":
                File.Delete(manifest);
                break;
            case "manifest changed":
                await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest, Token)).Replace("2025-01-15", "2025-01-16", StringComparison.Ordinal), Token);
                break;
            case "one more":
                await File.WriteAllTextAsync(Path.Combine(package, "results", "other name!.csv"), "a,b\n1,2\n", Token);
                break;
            default:
                await File.WriteAllTextAsync(manifest, "{", Token);
                break;
        }

        await using var server = await SiteFixture.Serve(folder.Path);
        using var client = Client(server);

        foreach (var address in (string[])["/", "/en"])
        {
            using var answer = await client.GetAsync(address, Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            var html = await answer.Content.ReadAsStringAsync(Token);
            html.ShouldContain(address == "/" ? Notice : "cannot be read just now");
            html.ShouldNotContain(folder.Path);
        }

        var state = await State(client);
        state.Ready.ShouldBeTrue("the figures are there");
        (state.Publications, state.Vintages, state.Faults).ShouldBe((0, 1, 1));
        using var chart = await client.GetAsync("/diagram/rangorden.json", Token);
        chart.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Publication_DamagedAndRepairedWhileServed_GoesAndComesBack()
    {
        var package = CopyOfTheSite();
        await using var server = await SiteFixture.Serve(folder.Path, options => options with { Refresh = TimeSpan.FromMilliseconds(50) });
        using var client = Client(server);
        var whole = await State(client);
        whole.Faults.ShouldBe(0);
        (await client.GetStringAsync("/", Token)).ShouldNotContain(Notice);

        File.Move(Path.Combine(package, "results", "results.csv"), folder.File("aside"));
        (await Until(client, state => state.Faults == 1)).Publications.ShouldBe(0);
        (await client.GetStringAsync("/", Token)).ShouldContain(Notice);

        File.Move(folder.File("aside"), Path.Combine(package, "results", "results.csv"));
        var repaired = await Until(client, state => state.Faults == 0);
        repaired.ShouldBe(whole, "the same content has the same version");
        (await client.GetStringAsync("/", Token)).ShouldNotContain(Notice);
    }

    [Fact]
    public async Task Store_ThatIsNoStoreAnyMore_KeepsTheFiguresThatWereReadAndIsTakenWhenItIsBack()
    {
        CopyOfTheSite();
        var store = folder.File(SiteOptions.StoreName);
        await using var server = await SiteFixture.Serve(folder.Path, options => options with { Refresh = TimeSpan.FromMilliseconds(50) });
        using var client = Client(server);
        var whole = await State(client);

        File.Move(store, folder.File("aside"));
        await File.WriteAllTextAsync(folder.File("other"), "not a store", Token);
        File.Move(folder.File("other"), store);
        var broken = await Until(client, state => state.Faults == 1);
        (broken.Vintages, broken.Publications, broken.Version).ShouldBe((1, whole.Publications, whole.Version));
        (await client.GetStringAsync("/", Token)).ShouldNotContain(Notice);

        File.Move(folder.File("aside"), store, overwrite: true);
        (await Until(client, state => state.Faults == 0)).ShouldBe(whole);
    }

    [Fact]
    public async Task Folder_WithNothingInIt_IsServedAndSaysSo()
    {
        await using var server = await SiteFixture.Serve(folder.Path);
        using var client = Client(server);
        (await client.GetAsync("/", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await State(client)).ShouldBe(new ShownState(true, (await State(client)).Version, 0, 0, 0));
    }

    [Fact]
    public async Task Folder_WithNothingButABrokenPublication_IsNotReady()
    {
        Directory.CreateDirectory(folder.File("broken"));
        await File.WriteAllTextAsync(folder.File("broken/manifest.json"), "{}", Token);
        await using var server = await SiteFixture.Serve(folder.Path);
        using var client = Client(server);

        using var answer = await client.GetAsync("/sundhed/klar", Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await State(client)).Faults.ShouldBe(1);
        (await client.GetAsync("/sundhed/live", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private string CopyOfTheSite()
    {
        foreach (var file in Directory.EnumerateFiles(site.Folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".zip", StringComparison.Ordinal)))
        {
            var target = folder.File(Path.GetRelativePath(site.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        // One publication, so that what is left out is all of them.
        var packages = Directory.GetDirectories(folder.Path).Order(StringComparer.Ordinal).ToList();
        var kept = packages.Single(package => Path.GetFileName(package).StartsWith("synthetic-denmark", StringComparison.Ordinal));
        packages.Where(package => package != kept).ToList().ForEach(package => Directory.Delete(package, recursive: true));
        return kept;
    }

    private static HttpClient Client(WebApplication server) => new() { BaseAddress = new Uri(server.Urls.First()) };

    private static async Task<ShownState> State(HttpClient client)
    {
        using var answer = await client.GetAsync("/sundhed/klar", Token);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        var root = json.RootElement;
        return new ShownState(root.GetProperty("ready").GetBoolean(), root.GetProperty("version").GetString()!, root.GetProperty("publications").GetInt32(), root.GetProperty("vintages").GetInt32(), root.GetProperty("faults").GetInt32());
    }

    private static async Task<ShownState> Until(HttpClient client, Func<ShownState, bool> reached)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        for (var state = await State(client); ; state = await State(client))
        {
            if (reached(state))
            {
                return state;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    private sealed record ShownState(bool Ready, string Version, int Publications, int Vintages, int Faults);
}
