using Fikspunkt.Domain;
using Fikspunkt.Sources.Http;
using Fikspunkt.Testing;
using Microsoft.AspNetCore.Http;

namespace Fikspunkt.Sources.Tests.Http;

public sealed class JobindsatsClientTests : IDisposable
{
    private const string Secret = "s3cret-k3y";
    private const string Data = """{"columns":["_nykom","period","m1"],"rows":[["København","2023M01",12]]}""";
    private readonly TemporaryFolder folder = new();
    // Where silence is not what is tested, a busy machine is not to be taken for it.
    private readonly HttpSettings patient = new(3, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(30), 100_000);
    private readonly HttpSettings quick = new(3, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(400), 100_000);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Download_DocumentedQuery_IsAskedWithBearerTokenAndKeptWhole()
    {
        await using var api = await LoopbackApi.StartAsync((_, response) => Answers.Json(response, Data));
        var extract = await Download(api, Query("latest:14") with { Hierarchies = new Dictionary<string, string> { ["_nykom"] = "*", ["_ygrpi09"] = "/5/,/11/" } });

        var request = api.Requests.ShouldHaveSingleItem();
        request.Address.ShouldBe("/data/y01a02?mgroup.*=*&period.M=latest:14&hierarchy._nykom=*&hierarchy._ygrpi09=/5/,/11/&format=json");
        request.Authorization.ShouldBe("Bearer " + Secret);
        File.ReadAllText(extract.Files.ShouldHaveSingleItem()).ShouldBe(Data);
        extract.Origin.ShouldNotContain(Secret);
    }

    [Fact]
    public async Task Download_BomBeforeJson_IsKeptForTheReader()
    {
        await using var api = await LoopbackApi.StartAsync((_, response) => Answers.Json(response, "\uFEFF" + Data));
        var extract = await Download(api, Query("latest:1"));
        File.ReadAllText(extract.Files[0]).ShouldBe(Data);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Download_PassingFault_IsTriedAgain(int status)
    {
        await using var api = await LoopbackApi.StartAsync((request, response) =>
            request.Number < 3 ? Answers.Json(response, "{}", status) : Answers.Json(response, Data));
        (await Download(api, Query("latest:1"), patient)).Files.Count.ShouldBe(1);
        api.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Download_RetryAfterBeyondTheLongestDelay_IsCappedAndStillTriedAgain()
    {
        await using var api = await LoopbackApi.StartAsync((request, response) =>
        {
            response.Headers.RetryAfter = "3600";
            return request.Number == 1 ? Answers.Json(response, "{}", 429) : Answers.Json(response, Data);
        });
        (await Download(api, Query("latest:1"))).Files.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Download_LastingFault_GivesUpWithTheReasonAndLeavesNoFile()
    {
        await using var api = await LoopbackApi.StartAsync((_, response) => Answers.Json(response, "{}", 503));
        var error = await Should.ThrowAsync<SourceUnavailableException>(() => Download(api, Query("latest:1")));
        error.Message.ShouldContain("503");
        error.Message.ShouldContain("3");
        error.ToString().ShouldNotContain(Secret);
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Download_CutOffAnswer_IsNeverTakenForAWholeOne()
    {
        await using var api = await LoopbackApi.StartAsync((_, response) => Answers.CutOff(response, Data));
        await Should.ThrowAsync<SourceUnavailableException>(() => Download(api, Query("latest:1")));
        api.Requests.Count.ShouldBe(3);
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Download_SilentServer_IsTriedAgainThenGivenUp()
    {
        await using var api = await LoopbackApi.StartAsync((request, response) =>
            request.Number == 1 ? Answers.FallSilent(response) : Answers.Json(response, Data));
        (await Download(api, Query("latest:1"))).Files.Count.ShouldBe(1);
        api.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Download_EndlessAnswer_IsStopped()
    {
        await using var api = await LoopbackApi.StartAsync(async (_, response) =>
        {
            response.ContentType = "application/json";
            for (var i = 0; i < 100 && !response.HttpContext.RequestAborted.IsCancellationRequested; i++)
            {
                await response.WriteAsync(new string(' ', 10_000));
            }
        });
        (await Should.ThrowAsync<SourceUnavailableException>(() => Download(api, Query("latest:1")))).Message.ShouldContain("100");
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Download_HtmlInsteadOfJson_SaysSo()
    {
        await using var api = await LoopbackApi.StartAsync((_, response) => Answers.Json(response, "<html>", type: "text/html"));
        (await Should.ThrowAsync<SourceUnavailableException>(() => Download(api, Query("latest:1")))).Message.ShouldContain("text/html");
        api.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Download_Redirect_IsNotFollowedSoThatTheKeyStaysHome()
    {
        await using var elsewhere = await LoopbackApi.StartAsync((_, response) => Answers.Json(response, Data));
        await using var api = await LoopbackApi.StartAsync((_, response) =>
        {
            response.Redirect(elsewhere.Address.ToString());
            return Task.CompletedTask;
        });
        await Should.ThrowAsync<InputException>(() => Download(api, Query("latest:1")));
        elsewhere.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(401, "application/json", "{}")]
    [InlineData(200, "text/plain", "Forkert nøgle eller nøglen er udløbet.")]
    public async Task Download_RefusedKey_SaysWhereAKeyComesFromAndNotTheKey(int status, string type, string body)
    {
        await using var api = await LoopbackApi.StartAsync((_, response) => Answers.Json(response, body, status, type));
        var error = await Should.ThrowAsync<InputException>(() => Download(api, Query("latest:1")));
        error.Message.ShouldContain("JOBINDSATS_API_TOKEN");
        error.ToString().ShouldNotContain(Secret);
        api.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Download_EchoedKeyInAnError_IsBlackedOut()
    {
        await using var api = await LoopbackApi.StartAsync((request, response) => Answers.Json(response, "bad period type; sent " + request.Authorization, 422));
        var error = await Should.ThrowAsync<InputException>(() => Download(api, Query("latest:1")));
        error.Message.ShouldContain("bad period type");
        error.Message.ShouldNotContain(Secret);
    }

    [Fact]
    public async Task Download_UnknownTable_IsNamed()
    {
        await using var api = await LoopbackApi.StartAsync((_, response) => Answers.Json(response, "{}", 404));
        (await Should.ThrowAsync<InputException>(() => Download(api, Query("latest:1")))).Message.ShouldContain("y01a02");
    }

    [Fact]
    public async Task Download_TooLargeByTheErrorsWords_IsSplitByPeriodInOrder()
    {
        await using var api = await LoopbackApi.StartAsync((request, response) =>
        {
            if (request.Address.StartsWith("/table/", StringComparison.Ordinal))
            {
                return Answers.Json(response, """{"periods":[{"periodtype_id":"Q","values":[{"period_id":"2023Q01"}]},{"periodtype_id":"M","values":[{"period_id":"2023M03"},{"period_id":"2023M01"},{"period_id":"2023M02"},{"period_id":"2022M12"}]}]}""");
            }

            var periods = request.Address.Split("period.M=")[1].Split('&')[0];
            return periods.Contains("latest", StringComparison.Ordinal) || periods.Split(',').Length > 1
                ? Answers.Json(response, "Udtræk overskrider grænsen på antal celler", 422)
                : Answers.Json(response, $$"""{"columns":["period"],"rows":[["{{periods}}"]]}""");
        });
        var extract = await Download(api, Query("latest:3"));
        extract.Files.Select(file => File.ReadAllText(file).Split('"')[7]).ShouldBe(["2023M01", "2023M02", "2023M03"]);
    }

    [Fact]
    public async Task Download_TooLargeForOnePeriod_EndsWithTheSourcesWords()
    {
        await using var api = await LoopbackApi.StartAsync((_, response) => Answers.Json(response, "for mange celler", 422));
        (await Should.ThrowAsync<InputException>(() => Download(api, Query("2023M01")))).Message.ShouldContain("for mange celler");
    }

    [Fact]
    public void Client_AddressInTheClear_IsRefused() =>
        Should.Throw<InputException>(() => new JobindsatsClient(Token(), new Uri("http://example.org/v3/"), quick));

    [Fact]
    public void Token_Texts_NeverShowTheKey()
    {
        Token().ToString().ShouldNotContain(Secret);
        var file = folder.File("key");
        File.WriteAllText(file, "two words");
        Should.Throw<InputException>(() => ApiToken.Read(file)).Message.ShouldNotContain("two words");
        Should.Throw<InputException>(() => ApiToken.Read(folder.File("none"))).Message.ShouldContain("none");
        Should.Throw<InputException>(() => ApiToken.Read(null, "FIKSPUNKT_NO_SUCH_VARIABLE")).Message.ShouldContain("FIKSPUNKT_NO_SUCH_VARIABLE");
    }

    private static JobindsatsQuery Query(string periods) => new("y01a02", "M", periods, new Dictionary<string, string> { ["_nykom"] = "*" });

    private ApiToken Token()
    {
        var file = folder.File("token");
        File.WriteAllText(file, Secret + "\n");
        var token = ApiToken.Read(file);
        File.Delete(file);
        return token;
    }

    private async Task<Extract> Download(LoopbackApi api, JobindsatsQuery query, HttpSettings? settings = null)
    {
        using var client = new JobindsatsClient(Token(), api.Address, settings ?? quick);
        return await client.DownloadAsync(query, folder.Path, TestContext.Current.CancellationToken);
    }
}
