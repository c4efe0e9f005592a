using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Fikspunkt.Web.Tests.Api;

/// <summary>Statuses, filters, parts and forms of observations, on figures that have one cell of each status.</summary>
public sealed class ObservationAnswerTests(ApiFixture api)
{
    private const string All = "observations?indicator=population";

    [Fact]
    public async Task Observations_AsJson_SayEveryStatusAndNeverZeroForAHiddenCell()
    {
        var answer = await api.Client.Json(All);

        answer.GetProperty("total").GetInt32().ShouldBe(7);
        answer.Rows().Select(row => (row.String("area"), row.String("period"), row.Number("value"), row.String("status"))).ShouldBe(
        [
            ("101", "2023", 1000, "ok"),
            ("101", "2024", 1010.5, "provisional"),
            ("147", "2023", null, "suppressed"),
            ("151", "2023", 0, "zero"),
            ("151", "2024", null, "missing"),
            ("153", "2023", 12, "break"),
            ("153", "2024", 13, "ok"),
        ]);
        answer.GetProperty("synthetic").GetBoolean().ShouldBeFalse();
        answer.TryGetProperty("notice", out _).ShouldBeFalse();
        var source = answer.GetProperty("sources").EnumerateArray().ShouldHaveSingleItem();
        source.String("retrieved").ShouldBe("2025-02-01T12:00:00Z");
        answer.Rows().ShouldAllBe(row => row.String("vintage") == source.String("id"));
    }

    [Fact]
    public async Task Observations_AsCsvInBothForms_ReadBackToTheSameCells()
    {
        var expected = (await api.Client.Json(All)).Rows().Select(row => (row.String("area"), row.String("area_name"), row.String("period"), row.Number("value"), row.String("status"))).ToList();
        foreach (var (format, separator, comma) in ((string, char, string)[])[("csv", ',', "."), ("csv-danish", ';', ",")])
        {
            using var answer = await api.Client.Ask($"{All}&format={format}");
            var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

            answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
            bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble).ShouldBe(format == "csv-danish");
            var lines = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(line => line.Split(separator)).ToList();
            lines[0].ShouldBe(["indicator", "breakdown", "area", "area_name", "period", "value", "status", "vintage", "synthetic"]);
            lines.Skip(1).Select(cells => (
                (string?)cells[2],
                (string?)cells[3],
                (string?)cells[4],
                cells[5].Length == 0 ? (double?)null : double.Parse(cells[5], NumberStyles.Float, new NumberFormatInfo { NumberDecimalSeparator = comma }),
                (string?)cells[6])).ShouldBe(expected);
        }
    }

    [Fact]
    public async Task Observations_AsJsonStat_AreACubeThatAStrictReaderTakesWithAStatusForEveryCellThatIsNotPlain()
    {
        using var answer = await api.Client.Ask(All, null, ("Accept", "application/vnd.json-stat+json"), ("Accept-Language", "en-GB,da;q=0.5"));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/vnd.json-stat+json");
        var root = JsonDocument.Parse(await answer.Text()).RootElement;

        var cube = JsonStatReader.Read(root);

        cube.Ids.ShouldBe(["indicator", "breakdown", "area", "period"]);
        cube.Categories["area"].ShouldBe(["101", "147", "151", "153"]);
        cube.Roles.ShouldBe(new Dictionary<string, string> { ["period"] = "time", ["area"] = "geo", ["indicator"] = "metric" }, ignoreOrder: true);
        cube.Count.ShouldBe(8);
        cube["population", "total", "101", "2023"].ShouldBe((1000, null));
        cube["population", "total", "101", "2024"].ShouldBe((1010.5, "provisional"));
        cube["population", "total", "147", "2023"].ShouldBe((null, "suppressed"));
        cube["population", "total", "147", "2024"].ShouldBe((null, "not-published"));
        cube["population", "total", "151", "2023"].ShouldBe((0, "zero"));
        cube["population", "total", "151", "2024"].ShouldBe((null, "missing"));
        cube["population", "total", "153", "2023"].ShouldBe((12, "break"));
        root.GetProperty("dimension").GetProperty("area").GetProperty("category").GetProperty("label").String("101").ShouldBe("København");
        root.GetProperty("dimension").GetProperty("indicator").GetProperty("label").GetString().ShouldBe("Indicator");
    }

    [Theory]
    [InlineData("&area=101,153", 4)]
    [InlineData("&area=101&area=153", 4)]
    [InlineData("&area=koebenhavn", 2)]
    [InlineData("&area=K%C3%B8benhavn", 2)]
    [InlineData("&period=2023", 4)]
    [InlineData("&period=latest", 3)]
    [InlineData("&from=2024", 3)]
    [InlineData("&to=2023M06", 0)]
    [InlineData("&to=2023Q4", 4)]
    [InlineData("&status=suppressed,missing", 2)]
    [InlineData("&breakdown=total", 7)]
    [InlineData("&area=&period=&status=", 7)]
    [InlineData("&area=147&period=2024", 0)]
    public async Task Observations_WithAFilter_HoldOnlyWhatWasAskedFor(string filter, int rows)
    {
        var answer = await api.Client.Json(All + filter);

        answer.GetProperty("total").GetInt32().ShouldBe(rows);
        answer.Rows().Count().ShouldBe(rows);
    }

    [Fact]
    public async Task Observations_ReadPartByPart_GiveEveryRowOnceAndStop()
    {
        var whole = (await api.Client.Json(All)).Rows().Select(row => row.GetRawText()).ToList();
        foreach (var limit in (int[])[1, 2, 3, 7, 8])
        {
            var rows = new List<string>();
            for (var next = $"/api/v1/{All}&limit={limit}"; next is not null;)
            {
                using var answer = await api.Client.Ask(next);
                var part = JsonDocument.Parse(await answer.Text()).RootElement;
                rows.AddRange(part.Rows().Select(row => row.GetRawText()));
                next = part.String("next");
                answer.Headers.TryGetValues("Link", out var link).ShouldBe(next is not null);
                link?.ShouldHaveSingleItem().ShouldBe($"<{next}>; rel=\"next\"");
            }

            rows.ShouldBe(whole, $"in parts of {limit}");
        }
    }

    [Fact]
    public async Task Observations_BeyondTheEnd_AreNone()
    {
        var answer = await api.Client.Json(All + "&offset=1000000");

        (answer.GetProperty("total").GetInt32(), answer.Rows().Count(), answer.String("next")).ShouldBe((7, 0, null));
    }

    [Theory]
    [InlineData("observations?indicator=populaton", "indicator", "populaton", "population")]
    [InlineData("observations?area=Aalborgg", "area", "Aalborgg", "Aalborg")]
    [InlineData("observations?period=2023M13", "period", "2023M13", "2023M01")]
    [InlineData("observations?from=yesterday", "from", "yesterday", "2023M01")]
    [InlineData("observations?status=hidden", "status", "hidden", "suppressed")]
    [InlineData("observations?limit=0", "limit", "0", "1-50000")]
    [InlineData("observations?limit=50001", "limit", "50001", "1-50000")]
    [InlineData("observations?limit=1e3", "limit", "1e3", "1-50000")]
    [InlineData("observations?offset=-1", "offset", "-1", "0-")]
    [InlineData("observations?from=2023&from=2024", "from", "2", "1")]
    [InlineData("observations?format=xml", "format", "xml", "json-stat")]
    [InlineData("areas?format=json-stat", "format", "json-stat", "csv-danish")]
    [InlineData("observations?indicators=population", null, "indicators", "indicator")]
    [InlineData("observations?area=%27%3B%20DROP%20TABLE%20x%3B--", "area", "'; DROP TABLE x;--", "...")]
    public async Task Question_ThatIsNotUnderstood_IsRefusedWithWhatWasFoundAndWhatWasExpected(string address, string? parameter, string found, string expected)
    {
        using var answer = await api.Client.Ask(address);

        var problem = await answer.Problem(HttpStatusCode.BadRequest);
        (problem.TryGetProperty("parameter", out var named) ? named.GetString() : null).ShouldBe(parameter);
        problem.String("found").ShouldBe(found);
        problem.String("expected")!.ShouldContain(expected);
    }

    [Fact]
    public async Task Fault_InEachLanguage_IsSaidInIt()
    {
        using var danish = await api.Client.Ask("observations?limit=x");
        using var english = await api.Client.Ask("observations?limit=x", null, ("Accept-Language", "en"));
        using var chosen = await api.Client.Ask("observations?limit=x&lang=en", null, ("Accept-Language", "da"));

        (await danish.Problem(HttpStatusCode.BadRequest)).String("title")!.ShouldContain("helt tal");
        (await english.Problem(HttpStatusCode.BadRequest)).String("title")!.ShouldContain("whole number");
        (await chosen.Problem(HttpStatusCode.BadRequest)).String("title")!.ShouldContain("whole number");
    }
}
