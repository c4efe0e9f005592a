using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fikspunkt.Testing;

namespace Fikspunkt.Cli.Tests;

/// <summary>The tools for language models, asked as such a client asks: a process of its own, JSON-RPC in lines.</summary>
public sealed class McpTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Mcp_OverTheDemo_AnswersEveryToolWithUncertaintySourceAndSyntheticMarkAndWritesNothingElse()
    {
        FikspunktCommand.Run(folder.Path, "demo", "--out", "demo", "--no-serve").ShouldEndWith(0);
        await using var client = new Client(folder.Path, "mcp", "demo", "--lang", "en");
        var hello = await client.Ask("initialize", new JsonObject { ["protocolVersion"] = "2025-06-18", ["capabilities"] = new JsonObject(), ["clientInfo"] = new JsonObject { ["name"] = "test", ["version"] = "1" } });
        hello.GetProperty("serverInfo").GetProperty("name").GetString().ShouldBe("fikspunkt");
        hello.GetProperty("instructions").GetString()!.ShouldContain("interval");
        await client.Tell("notifications/initialized");

        var tools = (await client.Ask("tools/list", [])).GetProperty("tools").EnumerateArray().ToList();
        tools.Select(tool => tool.GetProperty("name").GetString()).ShouldBe(["list_areas", "list_indicators", "get_observations", "list_measurements", "get_results", "where_does_a_municipality_stand", "list_publications"]);
        tools.ShouldAllBe(tool => tool.GetProperty("annotations").GetProperty("readOnlyHint").GetBoolean() && tool.GetProperty("inputSchema").GetProperty("type").GetString() == "object");

        (await client.Call("list_areas", new() { ["kind"] = new JsonArray("region") })).GetProperty("total").GetInt32().ShouldBe(5);
        var indicators = await client.Call("list_indicators", new() { ["with_figures"] = "true", ["limit"] = 1000 });
        indicators.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("id").GetString()).ShouldContain("full_time_persons");
        (await client.Call("list_measurements", new() { ["with_results"] = true })).GetProperty("data").EnumerateArray().Select(row => row.GetProperty("id").GetString()).ShouldContain("synthetic-denmark");
        (await client.Call("list_publications", [])).GetProperty("total").GetInt32().ShouldBeGreaterThan(0);

        var observations = await client.Call("get_observations", new() { ["indicator"] = "full_time_persons", ["area"] = new JsonArray("Aalborg"), ["limit"] = 2 });
        observations.GetProperty("synthetic").GetBoolean().ShouldBeTrue();
        observations.GetProperty("notice").GetString()!.ShouldContain("ynthetic");
        observations.GetProperty("sources")[0].GetProperty("retrieved").GetString().ShouldNotBeNullOrEmpty();
        observations.GetProperty("next").GetString().ShouldBe("offset=2");
        observations.GetProperty("data").EnumerateArray().ShouldAllBe(row => row.GetProperty("area").GetString() == "851");

        var published = File.ReadAllLines(folder.File("demo/results.csv")).Select(line => line.Split(',')).First(cells => cells[0] == "851" && cells[2] == "synthetic-total" && cells[3] == "2024QMAT04");
        var result = (await client.Call("get_results", new() { ["area"] = "Aalborg", ["outcome"] = "synthetic-total", ["period"] = "2024QMAT04", ["measurement"] = "synthetic-denmark" })).GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        result.GetProperty("lower").GetDouble().ShouldBe(double.Parse(published[8], System.Globalization.CultureInfo.InvariantCulture), 1e-12);
        result.GetProperty("rank_upper").GetInt32().ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(published[12]);

        var standing = (await client.Call("where_does_a_municipality_stand", new() { ["area"] = "Aalborg" })).GetProperty("benchmarks")[0];
        var headline = standing.GetProperty("outcomes")[0];
        headline.GetProperty("outcome").GetString().ShouldBe("synthetic-total");
        headline.GetProperty("class").GetString().ShouldBe(published[15]);
        headline.GetProperty("position").GetString()!.ShouldContain("95");
        headline.GetProperty("rank").GetString()!.ShouldContain(published[11]);
        headline.GetProperty("why_this_expectation").GetArrayLength().ShouldBeGreaterThan(0);
        standing.GetProperty("source").GetString().ShouldNotBeNullOrEmpty();
        (await client.Call("where_does_a_municipality_stand", new() { ["area"] = "851", ["lang"] = "da" })).GetProperty("benchmarks")[0].GetProperty("outcomes")[0].GetProperty("position").GetString()!.ShouldContain("Aalborg");

        (await client.Refused("where_does_a_municipality_stand", [])).ShouldContain("area");
        (await client.Refused("where_does_a_municipality_stand", new() { ["area"] = "081" })).ShouldContain("081");
        (await client.Refused("get_observations", new() { ["area"] = "Nowhere" })).ShouldContain("found \"Nowhere\"");
        (await client.Refused("get_observations", new() { ["areas"] = "851" })).ShouldContain("indicator, breakdown, area");
        (await client.Refused("get_observations", new() { ["limit"] = 100_000 })).ShouldContain("1-1000");
        (await client.Refused("get_observations", new() { ["area"] = new JsonObject() })).ShouldContain("area");
        (await client.Refused("delete_everything", [])).ShouldContain("list_areas");

        (await client.End()).ShouldBe(0);
    }

    [Fact]
    public void Mcp_OnAFolderThatIsNotThere_SaysSoOnStandardErrorAndEndsWith2()
    {
        var answer = FikspunktCommand.Run(folder.Path, "mcp", "nowhere").ShouldEndWith(2);

        answer.Output.ShouldBeEmpty();
        answer.Error.ShouldContain("nowhere");
    }

    private sealed class Client : IAsyncDisposable
    {
        private readonly Process process;
        private int last;

        public Client(string folder, params string[] arguments)
        {
            process = Process.Start(FikspunktCommand.Start(folder, arguments))!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
        }

        public async Task<JsonElement> Ask(string method, JsonObject parameters)
        {
            await Send(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = ++last, ["method"] = method, ["params"] = parameters });
            var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            var message = JsonDocument.Parse(line.ShouldNotBeNull()).RootElement;
            message.GetProperty("jsonrpc").GetString().ShouldBe("2.0", "nothing but the protocol is written");
            message.GetProperty("id").GetInt32().ShouldBe(last);
            return message.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException(line);
        }

        public Task Tell(string method) => Send(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method });

        public async Task<JsonElement> Call(string tool, JsonObject arguments)
        {
            var (text, refused) = await Answer(tool, arguments);
            refused.ShouldBeFalse(text);
            return JsonDocument.Parse(text).RootElement;
        }

        public async Task<string> Refused(string tool, JsonObject arguments)
        {
            var (text, refused) = await Answer(tool, arguments);
            refused.ShouldBeTrue(text);
            text.ShouldNotContain('\n');
            return text;
        }

        public async Task<int> End()
        {
            process.StandardInput.Close();
            (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return process.ExitCode;
        }

        public ValueTask DisposeAsync()
        {
            if (!process.HasExited)
            {
                process.Kill();
            }

            process.Dispose();
            return ValueTask.CompletedTask;
        }

        private async Task<(string Text, bool Refused)> Answer(string tool, JsonObject arguments)
        {
            var result = await Ask("tools/call", new JsonObject { ["name"] = tool, ["arguments"] = arguments });
            return (result.GetProperty("content")[0].GetProperty("text").GetString()!, result.TryGetProperty("isError", out var error) && error.GetBoolean());
        }

        private async Task Send(JsonObject message)
        {
            await process.StandardInput.WriteLineAsync(message.ToJsonString());
            await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        }
    }
}
