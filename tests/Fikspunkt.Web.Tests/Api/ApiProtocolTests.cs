using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Fikspunkt.Benchmarks;
using Fikspunkt.Reports;
using Fikspunkt.Web.Api;

namespace Fikspunkt.Web.Tests.Api;

/// <summary>What holds for the API as HTTP has it, on the published synthetic Denmark.</summary>
public sealed class ApiProtocolTests(SiteFixture site)
{
    [Fact]
    public async Task Document_OfTheApi_IsOpenApi31AndEveryPathAnswersItsExamples()
    {
        using var answer = await site.Client.Ask("openapi.json");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var document = JsonDocument.Parse(await answer.Text()).RootElement;

        document.String("openapi")!.ShouldStartWith("3.1.");
        var paths = document.GetProperty("paths").EnumerateObject().ToList();
        paths.Select(path => path.Name).ShouldBe(ApiCatalog.All.Select(operation => ApiEndpoints.Root + operation.Route).Append($"{ApiEndpoints.Root}/publications/{{id}}/package.zip"), ignoreOrder: true);
        foreach (var path in paths)
        {
            var operation = path.Value.EnumerateObject().ShouldHaveSingleItem();
            operation.Name.ShouldBe("get");
            operation.Value.String("summary").ShouldNotBeNullOrEmpty(path.Name);
            operation.Value.String("description").ShouldNotBeNullOrEmpty(path.Name);
            operation.Value.String("operationId").ShouldNotBeNullOrEmpty(path.Name);
            operation.Value.GetProperty("responses").GetProperty("400").GetProperty("content").TryGetProperty("application/problem+json", out _).ShouldBeTrue(path.Name);
            var parameters = operation.Value.GetProperty("parameters").EnumerateArray().ToList();
            parameters.ShouldAllBe(parameter => parameter.String("description")!.Length > 0 && parameter.GetProperty("example").ValueKind != JsonValueKind.Null);
            var address = path.Name.Replace("{id}", parameters.FirstOrDefault(parameter => parameter.String("in") == "path") is { ValueKind: JsonValueKind.Object } id ? id.String("example") : "", StringComparison.Ordinal);
            var query = string.Join('&', parameters.Where(parameter => parameter.String("in") == "query").Select(parameter => $"{parameter.String("name")}={Uri.EscapeDataString(Example(parameter.GetProperty("example")))}"));

            using var documented = await site.Client.Ask($"{address}?{query}".TrimEnd('?'));

            documented.StatusCode.ShouldBe(HttpStatusCode.OK, $"{address}?{query}");
            if (documented.Content.Headers.ContentType!.MediaType == "application/json")
            {
                var data = JsonDocument.Parse(await documented.Text()).RootElement.GetProperty("data");
                var row = data.ValueKind == JsonValueKind.Array ? data.EnumerateArray().FirstOrDefault() : data;
                row.ValueKind.ShouldBe(JsonValueKind.Object, $"{address}?{query} has a row");
                Matches(row, operation.Value, data.ValueKind == JsonValueKind.Array);
            }
        }

        string Example(JsonElement example) => example.ValueKind == JsonValueKind.Array ? string.Join(',', example.EnumerateArray().Select(item => item.ToString())) : example.ToString();
    }

    [Fact]
    public async Task Results_OfTheBenchmark_AreThePublicationsToTheLastPrintedDigit()
    {
        var rows = (await site.Client.Json("results?measurement=synthetic-denmark&limit=50000")).Rows().ToDictionary(row => (row.String("area")!, row.String("outcome")!, row.String("period")!));

        rows.Count.ShouldBe(site.Run.Results.Count);
        foreach (var result in site.Run.Results)
        {
            var row = rows[(result.Area, result.Outcome, result.Period.ToString())];
            Same(row, "value", 100 * result.Difference);
            Same(row, "lower", 100 * result.Lower);
            Same(row, "upper", 100 * result.Upper);
            Same(row, "standard_error", 100 * result.StandardError);
            Same(row, "actual", 100 * result.Actual);
            Same(row, "expected", 100 * result.Expected);
            row.Number("rank").ShouldBe(result.Rank);
            row.Number("rank_lower").ShouldBe(result.RankLower);
            row.Number("rank_upper_simultaneous").ShouldBe(result.RankUpperSimultaneous);
            row.String("class").ShouldBe(ResultsCsv.ClassId(result.Class));
            row.GetProperty("synthetic").GetBoolean().ShouldBeTrue();
        }

        static void Same(JsonElement row, string name, double expected) => row.Number(name)!.Value.ShouldBe(expected, 1e-12 * Math.Max(1, Math.Abs(expected)), name);
    }

    [Fact]
    public async Task Results_AsJsonStatAndFiltered_AreTheSameFigures()
    {
        var worst = site.Run.Results.First(result => result.Class == SignificanceClass.Worse);
        var row = (await site.Client.Json($"results?measurement=synthetic-denmark&class=worse&area={worst.Area}&outcome={worst.Outcome}&period={worst.Period}")).Rows().ShouldHaveSingleItem();
        var cube = JsonStatReader.Read(await site.Client.Json($"results?measurement=synthetic-denmark&area={worst.Area}&format=json-stat"));

        cube.Ids.ShouldBe(["measurement", "outcome", "area", "period", "figure"]);
        foreach (var figure in cube.Categories["figure"])
        {
            cube["synthetic-denmark", worst.Outcome, worst.Area, worst.Period.ToString(), figure].Value.ShouldBe(row.Number(figure), figure);
        }
    }

    [Fact]
    public async Task Results_OfMeasurements_CarryTheirRankSetsAndPackages()
    {
        var rows = (await site.Client.Json("results?kind=measurement&limit=50000")).Rows().ToList();
        var publications = (await site.Client.Json("publications")).Rows().Select(row => row.String("id")).ToList();

        rows.ShouldNotBeEmpty();
        rows.ShouldAllBe(row => row.Number("rank_lower") <= row.Number("rank") && row.Number("rank") <= row.Number("rank_upper") && row.Number("rank_upper") <= row.Number("units"));
        rows.ShouldAllBe(row => publications.Contains(row.String("publication")));
    }

    [Fact]
    public async Task Package_Fetched_IsTheFileWhoseHashesTheApiLists()
    {
        var publication = (await site.Client.Json("publications?measurement=synthetic-denmark")).Rows().ShouldHaveSingleItem();
        var id = publication.String("id")!;
        var files = (await site.Client.Json($"publications/{id[..8]}/files")).Rows().ToDictionary(row => row.String("path")!, row => row.String("sha256"));
        using var answer = await site.Client.Ask(publication.String("package")!);
        using var part = await site.Client.Ask(publication.String("package")!, null, ("Range", "bytes=0-3"));

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/zip");
        part.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        await using var archive = new ZipArchive(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        archive.Entries.Count.ShouldBe(files.Count + 1);
        foreach (var entry in archive.Entries.Where(entry => entry.FullName != "manifest.json"))
        {
            await using var stream = await entry.OpenAsync(TestContext.Current.CancellationToken);
            Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, TestContext.Current.CancellationToken)).ShouldBe(files[entry.FullName], entry.FullName);
        }
    }

    [Fact]
    public async Task Answer_AskedForAgain_IsNotSentAgainUnlessItsFormDiffers()
    {
        using var first = await site.Client.Ask("areas");
        var (tag, time) = (first.Headers.ETag!.ToString(), first.Content.Headers.LastModified!.Value.ToString("R", CultureInfo.InvariantCulture));
        first.Headers.Vary.ShouldBe(["Accept", "Accept-Language", "Accept-Encoding"]);

        await Again(HttpStatusCode.NotModified, ("If-None-Match", tag));
        await Again(HttpStatusCode.NotModified, ("If-None-Match", "W/\"other\", " + tag));
        await Again(HttpStatusCode.NotModified, ("If-None-Match", "*"));
        await Again(HttpStatusCode.NotModified, ("If-Modified-Since", time));
        await Again(HttpStatusCode.OK, ("If-None-Match", "\"other\""));
        await Again(HttpStatusCode.OK, ("If-None-Match", "\"other\""), ("If-Modified-Since", time));
        await Again(HttpStatusCode.OK, ("If-None-Match", tag), ("Accept", "text/csv"));
        await Again(HttpStatusCode.OK, ("If-None-Match", tag), ("Accept-Language", "en"));
        await Again(HttpStatusCode.OK, ("If-Modified-Since", "Mon, 01 Jan 2001 00:00:00 GMT"));
        await Again(HttpStatusCode.OK, ("If-Modified-Since", "rubbish"));

        async Task Again(HttpStatusCode status, params (string, string)[] headers)
        {
            using var again = await site.Client.Ask("areas", null, headers);
            again.StatusCode.ShouldBe(status, string.Join("; ", headers));
            string.IsNullOrEmpty(await again.Text()).ShouldBe(status == HttpStatusCode.NotModified);
        }
    }

    [Theory]
    [InlineData("application/json", "application/json")]
    [InlineData("text/csv", "text/csv")]
    [InlineData("text/*", "text/csv")]
    [InlineData("*/*", "application/json")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json")]
    [InlineData("application/json;q=0.1, text/csv", "text/csv")]
    [InlineData("application/vnd.json-stat+json", "application/vnd.json-stat+json")]
    [InlineData("image/png, text/csv;q=0.01", "text/csv")]
    [InlineData("rubbish", "application/json")]
    [InlineData("", "application/json")]
    public async Task Form_ByAccept_IsTheOneMostWanted(string accept, string type)
    {
        using var answer = await site.Client.Ask("observations?indicator=full_time_persons&period=latest&area=101", null, ("Accept", accept));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
    }

    [Fact]
    public async Task Form_ThatThereIsNot_IsRefusedWithThoseThereAre()
    {
        using var picture = await site.Client.Ask("observations", null, ("Accept", "image/png"));
        using var cube = await site.Client.Ask("areas", null, ("Accept", "application/vnd.json-stat+json"));
        using var none = await site.Client.Ask("areas", null, ("Accept", "application/json;q=0"));

        (await picture.Problem(HttpStatusCode.NotAcceptable)).String("expected").ShouldBe("application/json, text/csv, application/vnd.json-stat+json");
        (await cube.Problem(HttpStatusCode.NotAcceptable)).String("expected").ShouldBe("application/json, text/csv");
        await none.Problem(HttpStatusCode.NotAcceptable);
    }

    [Fact]
    public async Task Methods_OtherThanReading_AreRefusedAndReadingElsewhereIsAllowed()
    {
        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch, new HttpMethod("PROPFIND")])
        {
            using var refused = await site.Client.Ask("areas", method);
            await refused.Problem(HttpStatusCode.MethodNotAllowed);
            refused.Content.Headers.Allow.ShouldBe(["GET", "HEAD", "OPTIONS"]);
        }

        using var preflight = await site.Client.Ask("areas", HttpMethod.Options, ("Origin", "https://example.org"), ("Access-Control-Request-Method", "GET"));
        preflight.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        preflight.Headers.GetValues("Access-Control-Allow-Methods").ShouldHaveSingleItem().ShouldContain("GET");
        foreach (var address in (string[])["areas", "areas/851", "nothing", "areas?x=1", "openapi.json"])
        {
            using var get = await site.Client.Ask(address, null, ("Origin", "https://example.org"));
            using var head = await site.Client.Ask(address, HttpMethod.Head);
            get.Headers.GetValues("Access-Control-Allow-Origin").ShouldHaveSingleItem().ShouldBe("*", address);
            get.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
            head.StatusCode.ShouldBe(get.StatusCode, address);
            head.Content.Headers.ContentType.ShouldBe(get.Content.Headers.ContentType, address);
            (await head.Text()).ShouldBeEmpty(address);
        }
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("areas/nowhere")]
    [InlineData("areas/..%2F..%2Fetc%2Fpasswd")]
    [InlineData("indicators/none")]
    [InlineData("measurements/none")]
    [InlineData("publications/00000000")]
    [InlineData("publications/0")]
    [InlineData("publications/00000000/package.zip")]
    [InlineData("publications/..%2F..%2Fmanifest.json/files")]
    [InlineData("/api/v2/areas")]
    [InlineData("/api")]
    public async Task Address_OfNothing_IsAProblem(string address)
    {
        using var answer = await site.Client.Ask(address);

        await answer.Problem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Requests_ThatAreTooLarge_AreRefused()
    {
        using var query = await site.Client.Ask("observations?area=" + new string('9', 5_000));
        using var values = await site.Client.Ask("observations?area=" + string.Join(',', Enumerable.Range(1, 201)));
        using var request = new HttpRequestMessage(HttpMethod.Get, ApiEndpoints.Root + "/areas") { Content = new StringContent("{}") };
        using var body = await site.Client.SendAsync(request, TestContext.Current.CancellationToken);
        using var line = await site.Client.Ask("observations?area=" + new string('9', 10_000));
        using var cube = await site.Client.Ask("observations?format=json-stat");

        await query.Problem(HttpStatusCode.RequestUriTooLong);
        await values.Problem(HttpStatusCode.BadRequest);
        await body.Problem(HttpStatusCode.RequestEntityTooLarge);
        line.StatusCode.ShouldBe(HttpStatusCode.RequestUriTooLong);
        (await cube.Problem(HttpStatusCode.BadRequest)).String("title")!.ShouldContain("JSON-stat");
    }

    [Fact]
    public async Task Client_ThatAsksTooOften_IsToldWhenToComeBackWhilePagesStayOpen()
    {
        await using var server = await SiteFixture.Serve(site.Folder, options => options with { ApiRequestsPerMinute = 3 });
        using var client = new HttpClient { BaseAddress = new Uri(server.Urls.First()) };
        for (var i = 0; i < 3; i++)
        {
            using var taken = await client.Ask("areas/851");
            taken.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using var refused = await client.Ask("areas/851");
        using var page = await client.Ask("/");

        await refused.Problem(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        refused.Headers.Contains("Access-Control-Allow-Origin").ShouldBeTrue();
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    // Every cell is of the type that the document promises, and there is no cell that it does not know.
    private static void Matches(JsonElement row, JsonElement operation, bool list)
    {
        var data = operation.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("properties").GetProperty("data");
        var properties = (list ? data.GetProperty("items") : data).GetProperty("properties");
        properties.EnumerateObject().Select(property => property.Name).ShouldBe(row.EnumerateObject().Select(cell => cell.Name), ignoreOrder: true);
        foreach (var cell in row.EnumerateObject())
        {
            var type = properties.GetProperty(cell.Name).GetProperty("type");
            string?[] allowed = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(item => item.GetString())] : [type.GetString()];
            allowed.ShouldContain(
                cell.Value.ValueKind switch
                {
                    JsonValueKind.String => "string",
                    JsonValueKind.Number => allowed.Contains("integer") && cell.Value.TryGetInt64(out _) ? "integer" : "number",
                    JsonValueKind.True or JsonValueKind.False => "boolean",
                    JsonValueKind.Array => "array",
                    _ => "null",
                },
                cell.Name);
        }
    }
}
