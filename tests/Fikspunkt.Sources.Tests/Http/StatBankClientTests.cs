using System.Text.Json;
using Fikspunkt.Domain;
using Fikspunkt.Sources.Http;
using Fikspunkt.Testing;

namespace Fikspunkt.Sources.Tests.Http;

public sealed class StatBankClientTests : IDisposable
{
    private const string Info = """
        {"id":"AUS08","variables":[
         {"id":"OMRÅDE","elimination":true,"values":[{"id":"000"},{"id":"101"},{"id":"147"},{"id":"155"}]},
         {"id":"YDTYP","elimination":false,"values":[{"id":"TOT"},{"id":"LDP"}]},
         {"id":"Tid","elimination":false,"time":true,"values":[{"id":"2023M01"},{"id":"2023M02"},{"id":"2023M03"}]}]}
        """;

    private readonly TemporaryFolder folder = new();
    private readonly HttpSettings quick = new(2, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(5), 100_000);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Download_StarsBecomeCodes_AndTheAnswerIsKept()
    {
        await using var api = await Bank(limit: 1000);
        var extract = await Download(api, ("OMRÅDE", ["*"]), ("YDTYP", ["TOT"]), ("tid", ["*"]));
        var asked = Body(api.Requests.Last());
        asked.GetProperty("valuePresentation").GetString().ShouldBe("Code");
        Values(asked, "OMRÅDE").ShouldBe(["000", "101", "147", "155"]);
        Values(asked, "Tid").ShouldBe(["2023M01", "2023M02", "2023M03"]);
        File.ReadAllLines(extract.Files.ShouldHaveSingleItem()).Length.ShouldBe(13);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(6)]
    [InlineData(5)]
    [InlineData(1)]
    public async Task Download_OverTheLimitTheErrorNames_IsSplitAndEveryCellComesOnce(int limit)
    {
        await using var api = await Bank(limit);
        var extract = await Download(api, ("OMRÅDE", ["*"]), ("YDTYP", ["*"]), ("Tid", ["*"]));
        var rows = extract.Files.SelectMany(file => File.ReadAllLines(file).Skip(1)).ToList();
        rows.Count.ShouldBe(24);
        rows.Distinct().Count().ShouldBe(24);
        extract.Files.Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Download_MissingMandatoryVariable_SaysWhatToAdd()
    {
        await using var api = await Bank(1000);
        var error = await Should.ThrowAsync<InputException>(() => Download(api, ("OMRÅDE", ["*"]), ("YDTYP", ["TOT"])));
        error.Message.ShouldContain("Tid=*");
    }

    [Fact]
    public async Task Download_UnknownVariableAndValue_AreBothReported()
    {
        await using var api = await Bank(1000);
        var error = await Should.ThrowAsync<InputException>(() => Download(api, ("KØN", ["*"]), ("YDTYP", ["XYZ"]), ("Tid", ["*"])));
        error.Problems.Select(problem => problem.Found).ShouldBe(["KØN", "XYZ"]);
    }

    [Fact]
    public async Task Download_UnknownTable_IsNamed()
    {
        await using var api = await LoopbackApi.StartAsync((_, response) => Answers.Json(response, """{"errorTypeCode":"EXTRACT-NOTFOUND","message":"Tabellen findes ikke"}""", 404));
        (await Should.ThrowAsync<InputException>(() => Download(api, ("Tid", ["*"])))).Message.ShouldContain("AUS08");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"variables":[{"id":null,"values":[]}]}""")]
    [InlineData("""{"variables":[]}""")]
    public async Task Download_DescriptionOfAnotherShape_IsTheSourcesFault(string info)
    {
        await using var api = await LoopbackApi.StartAsync((_, response) => Answers.Json(response, info));
        await Should.ThrowAsync<SourceUnavailableException>(() => Download(api, ("Tid", ["*"])));
    }

    [Fact]
    public async Task Download_OtherRefusal_PassesOnTheSourcesMessage()
    {
        await using var api = await LoopbackApi.StartAsync((request, response) => request.Address == "/tableinfo"
            ? Answers.Json(response, Info)
            : Answers.Json(response, """{"errorTypeCode":"EXTRACT-ERROR","message":"Noget er galt"}""", 400));
        var error = await Should.ThrowAsync<InputException>(() => Download(api, ("YDTYP", ["*"]), ("Tid", ["*"])));
        error.Message.ShouldContain("Noget er galt");
        error.Message.ShouldNotContain("{");
    }

    /// <summary>StatBank in small: it counts the cells asked for and refuses more than its limit in its own words.</summary>
    private static Task<LoopbackApi> Bank(int limit) => LoopbackApi.StartAsync((request, response) =>
    {
        if (request.Address == "/tableinfo")
        {
            return Answers.Json(response, Info);
        }

        var body = Body(request);
        string[][] values = [.. body.GetProperty("variables").EnumerateArray().Select(variable => variable.GetProperty("values").EnumerateArray().Select(value => value.GetString()!).ToArray())];
        IEnumerable<string> rows = [string.Empty];
        foreach (var variable in values)
        {
            rows = [.. rows.SelectMany(row => variable.Select(value => row + value + ";"))];
        }

        return rows.Count() > limit
            ? Answers.Json(response, $$"""{"errorTypeCode":"REQUEST-LIMIT","message":"Udtrækket er på {{rows.Count()}} celler; grænsen er {{limit}}. Anvend BULK eller andet streaming format i stedet."}""", 400)
            : Answers.Csv(response, "\uFEFF" + string.Join(';', body.GetProperty("variables").EnumerateArray().Select(variable => variable.GetProperty("code").GetString())) + ";INDHOLD\r\n" + string.Concat(rows.Select(row => row + "1\r\n")));
    });

    private static JsonElement Body(LoopbackApi.Request request) => JsonDocument.Parse(request.Body).RootElement;

    private static IEnumerable<string> Values(JsonElement body, string code) => body.GetProperty("variables").EnumerateArray()
        .Single(variable => variable.GetProperty("code").GetString() == code).GetProperty("values").EnumerateArray().Select(value => value.GetString()!);

    private async Task<Extract> Download(LoopbackApi api, params (string Code, string[] Values)[] variables)
    {
        using var client = new StatBankClient(api.Address, quick);
        return await client.DownloadAsync(
            new StatBankQuery("AUS08", variables.ToDictionary(variable => variable.Code, variable => (IReadOnlyList<string>)variable.Values)),
            folder.Path,
            TestContext.Current.CancellationToken);
    }
}
