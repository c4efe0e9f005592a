using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Fikspunkt.Web.Tests;

/// <summary>What those who run the server see of it, and what the server answers to those who mean it no good.</summary>
public sealed class OperationTests(SiteFixture site)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_OfAServerWithContent_IsLiveAndReadyAndSaysWhatIsShown()
    {
        (await site.Client.GetStringAsync("/sundhed/live", Token)).ShouldBe("ok\n");

        using var answer = await site.Client.GetAsync("/sundhed/klar", Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        json.RootElement.GetProperty("ready").GetBoolean().ShouldBeTrue();
        json.RootElement.GetProperty("publications").GetInt32().ShouldBeGreaterThan(0);
        json.RootElement.GetProperty("vintages").GetInt32().ShouldBe(1);
        json.RootElement.GetProperty("faults").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Metrics_AfterRequests_CountThemByRouteAndStatusAndNameNothingThatAClientWrote()
    {
        await using var server = await SiteFixture.Serve(site.Folder);
        using var client = new HttpClient { BaseAddress = new Uri(server.Urls.First()) };
        for (var i = 0; i < 3; i++)
        {
            (await client.GetAsync($"/?x=hemmelighed{i}", Token)).Dispose();
        }

        (await client.GetAsync("/?egen=851", Token)).Dispose();
        (await client.GetAsync("/?egen=851", Token)).Dispose();
        (await client.GetAsync("/hemmelighed-i-sti", Token)).Dispose();
        using (var strange = new HttpRequestMessage(new HttpMethod("HEMMELIGHED"), "/"))
        {
            (await client.SendAsync(strange, Token)).Dispose();
        }

        var text = await client.GetStringAsync("/metrics", Token);

        text.ShouldContain("fikspunkt_http_requests_total{method=\"GET\",route=\"/\",status=\"200\"} 5\n");
        text.ShouldContain("fikspunkt_http_requests_total{method=\"GET\",route=\"-\",status=\"404\"} 1\n");
        text.ShouldContain("fikspunkt_http_requests_total{method=\"OTHER\",route=\"-\",status=\"405\"} 1\n");
        text.ShouldContain("fikspunkt_http_request_duration_seconds_count{route=\"/\"} 5\n");
        text.ShouldContain("fikspunkt_http_request_duration_seconds_bucket{route=\"/\",le=\"+Inf\"} 5\n");

        // What no page knows makes no page anew: only the own municipality did.
        text.ShouldContain("fikspunkt_page_cache_total{result=\"hit\"} 3\n");
        text.ShouldContain("fikspunkt_page_cache_total{result=\"miss\"} 2\n");
        text.ShouldContain("fikspunkt_content_vintages 1\n");
        text.ShouldContain("fikspunkt_http_requests_under_way 1\n");
        text.ShouldNotContain("hemmelighed", Case.Insensitive);

        // Every line is a comment or a name, perhaps labels, and a number.
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(line => line.StartsWith("# ", StringComparison.Ordinal)
            || Regex.IsMatch(line, """^[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.E+-]+$""", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Metrics_AskedForThroughAProxyByAnotherMachine_AreNotThere()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        using var answer = await site.Client.SendAsync(request, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync(Token)).ShouldNotContain("fikspunkt_http");

        await using var open = await SiteFixture.Serve(site.Folder, options => options with { OpenMetrics = true });
        using var client = new HttpClient { BaseAddress = new Uri(open.Urls.First()) };
        using var again = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        again.Headers.Add("X-Forwarded-For", "203.0.113.7");
        using var allowed = await client.SendAsync(again, Token);
        allowed.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task OwnMunicipality_ChosenBehindAProxyWithTls_IsKeptInACookieForTlsOnly()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/egen?kommune=851&tilbage=/");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var secure = await site.Client.SendAsync(request, Token);
        secure.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().ShouldContain("; secure", Case.Insensitive);

        using var plain = await site.Client.GetAsync("/egen?kommune=851&tilbage=/", Token);
        plain.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().ShouldNotContain("; secure", Case.Insensitive);
    }

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/diagram/rangorden.json", "application/json")]
    [InlineData("/diagram/rangorden.csv", "text/csv")]
    [InlineData("/diagram/rangorden.dansk.csv", "text/csv")]
    [InlineData("/en/diagram/rangorden.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    public async Task Head_OfWhatCanBeRead_SaysItsTypeAndMarkWithoutABody(string path, string type)
    {
        using var whole = await site.Client.GetAsync(path, Token);
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var head = await site.Client.SendAsync(request, Token);

        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        head.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        head.Content.Headers.ContentType.ShouldBe(whole.Content.Headers.ContentType);
        head.Headers.ETag.ShouldBe(whole.Headers.ETag);
        (await head.Content.ReadAsByteArrayAsync(Token)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/maalinger", "/maaling")]
    [InlineData("/Sammelign", "/sammenlign")]
    [InlineData("/en/measurements", "/en/measurement")]
    public async Task Address_SpeltAlmostAsAPages_LeadsToThatPageAndMarksNoneInTheMenu(string path, string meant)
    {
        using var answer = await site.Client.GetAsync(path, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var html = await answer.Content.ReadAsStringAsync(Token);
        html[html.IndexOf("<main", StringComparison.Ordinal)..html.IndexOf("</main>", StringComparison.Ordinal)].ShouldContain($"<li><a href=\"{meant}\">");
        html.ShouldNotContain("aria-current=\"page\"");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/en")]
    [InlineData("/api/v1/areas")]
    public async Task Answer_BehindAProxyWithTls_IsCompressed(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("Accept-Encoding", "br");
        using var answer = await site.Client.SendAsync(request, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentEncoding.ShouldBe(["br"]);
        answer.Headers.Vary.ShouldContain("Accept-Encoding");
    }

    public static TheoryData<string, string, string> Forms { get; } = new()
    {
        { "POST", "application/x-www-form-urlencoded", "a[=1" },
        { "POST", "multipart/form-data; boundary=x", "no boundary at all" },
        { "POST", "multipart/form-data", "--x" },
        { "GET", "application/x-www-form-urlencoded", "a[=1" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Form_OfAnyKind_IsNotReadSoThatItCannotBreakAPage(string method, string type, string form)
    {
        foreach (var path in (string[])["/", "/en", "/findes-ikke"])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(form) };
            request.Content.Headers.Remove("Content-Type");
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            using var answer = await site.Client.SendAsync(request, Token);
            ((int)answer.StatusCode).ShouldBe(method == "POST" ? 405 : path == "/findes-ikke" ? 404 : 200, path);
            (await answer.Content.ReadAsStringAsync(Token)).ShouldContain("<h1");
        }
    }

    public static TheoryData<string, string, int> Refused { get; } = new()
    {
        { "POST", "/", 405 },
        { "PUT", "/en", 405 },
        { "DELETE", "/diagram/rangorden.json", 405 },
        { "PATCH", "/fejl/500", 405 },
        { "OPTIONS", "/", 405 },
        { "NONSENSE", "/", 405 },
        { "GET", "/fejl/500", 404 },
        { "GET", "/fejl/200", 404 },
        { "GET", "/fejl/abc", 404 },
        { "GET", "/wp-login.php", 404 },
        { "GET", "/s/..%2f..%2f..%2fetc/passwd", 404 },
        { "GET", "/s/-/..%2f..%2fappsettings.json", 404 },
        { "GET", "/s/-/%2e%2e/%2e%2e/fikspunkt.dll", 404 },
        { "GET", "/s/-/site.css.br", 404 },
        { "GET", "/s/-/..%5c..%5cfikspunkt.dll", 404 },
        { "GET", "/diagram/..%2f..%2frangorden.json", 404 },
        { "GET", "/diagram/rangorden.exe", 404 },
        { "GET", "/diagram/rangorden.dansk.xlsx", 404 },
        { "GET", "/en/%c0%ae%c0%ae/x", 404 },
        { "GET", "/kommune/%F0%9F%92%A9", 404 },
        { "GET", "/kommune/<script>alert(1)</script>", 404 },
        { "GET", "/a%00b", 400 },
        { "GET", "/s/-/site.css%00.html", 400 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Request_OfAnOddKind_GetsItsStatusAndAHelpfulPageWithoutInnards(string method, string path, int status)
    {
        var (code, head, body) = await Raw($"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{(method is "POST" or "PUT" or "PATCH" ? "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=b" : "\r\n")}");

        code.ShouldBe(status, body);
        ShouldHideInnards(body);
        if (status == 405)
        {
            head.ShouldContain("Allow: GET, HEAD");
        }

        // What the server itself refuses before it is a request has no page.
        if (status != 400)
        {
            body.ShouldContain(path.StartsWith("/en", StringComparison.Ordinal) ? "<html lang=\"en\">" : "<html lang=\"da\">");
            body.ShouldContain("<h1>");
            body.ShouldNotContain("<script>alert");
        }
    }

    public static TheoryData<string, int> HostileQueries { get; } = new()
    {
        { "egen=" + new string('9', 4_000), 200 },
        { string.Join('&', Enumerable.Range(0, 600).Select(i => $"kommune={i}")), 200 },
        { "ydelse=%00%01%02&periode=%ff%fe", 200 },
        { "ydelse='%3B+DROP+TABLE+observations--", 200 },
        { "ydelse=\"><script>alert(1)</script>&gruppe={{7*7}}&maaling=${jndi:ldap://x}", 200 },
        { "periode=-1&periode=99999999999999999999&periode=2024QMAT99", 200 },
        { "&&&===&=&%", 200 },
        { "a=" + new string('x', 9_000), 414 },
    };

    [Theory]
    [MemberData(nameof(HostileQueries))]
    public async Task Query_ThatIsHugeOrHostile_NeverBreaksAPageOrComesBackAsMarkup(string query, int status)
    {
        foreach (var path in (string[])["/", "/en"])
        {
            var (code, _, body) = await Raw($"GET {path}?{query.Replace(' ', '+')} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            // A choice that does not exist may be told as such; it is never a fault of the server.
            (code == status || (status == 200 && code is 400 or 404)).ShouldBeTrue($"{path}: {code}");
            ShouldHideInnards(body);
            body.ShouldNotContain("<script>alert");
        }
    }

    [Fact]
    public async Task Headers_ThatAreTooManyOrTooLarge_AreRefusedAndTheServerGoesOn()
    {
        var many = string.Concat(Enumerable.Range(0, 200).Select(i => $"X-{i}: 1\r\n"));
        (await Raw($"GET / HTTP/1.1\r\nHost: localhost\r\n{many}\r\n")).Status.ShouldBe(431);
        (await Raw($"GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: {new string('x', 40_000)}\r\n\r\n")).Status.ShouldBe(431);
        (await Raw($"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: egen={new string('8', 5_000)}\r\n\r\n")).Status.ShouldBe(200);
        (await Raw("GET / HTTP/1.1\r\nHost: localhost\r\nHost: elsewhere\r\n\r\n")).Status.ShouldBe(400);
        (await Raw("GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nabcde")).Status.ShouldBeOneOf(200, 400);
        (await Raw("\u0016\u0003\u0001 not http\r\n\r\n")).Status.ShouldBe(400);

        (await site.Client.GetAsync("/", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Clients_ThatNeverFinishTheirHeaders_AreLetGoAndDoNotKeepOthersOut()
    {
        await using var server = await SiteFixture.Serve(site.Folder, options => options with { Patience = TimeSpan.FromSeconds(1) });
        var address = new Uri(server.Urls.First());
        using var client = new HttpClient { BaseAddress = address };
        var slow = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 200; i++)
            {
                var connection = new TcpClient();
                await connection.ConnectAsync(address.Host, address.Port, Token);
                await connection.GetStream().WriteAsync("GET / HTTP/1.1\r\nX-Slow: "u8.ToArray(), Token);
                slow.Add(connection);
            }

            (await client.GetAsync("/", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);

            // Each gets "request timeout" and then the end of the connection.
            foreach (var connection in slow)
            {
                using var reader = new StreamReader(connection.GetStream(), leaveOpen: true);
                (await reader.ReadToEndAsync(Token)).ShouldStartWith("HTTP/1.1 408");
            }
        }
        finally
        {
            slow.ForEach(connection => connection.Dispose());
        }
    }

    private static void ShouldHideInnards(string body)
    {
        body.ShouldNotContain("   at ");
        body.ShouldNotContain("Exception");
        body.ShouldNotContain("Microsoft.");
        body.ShouldNotContain(AppContext.BaseDirectory);
    }

    /// <summary>Sends bytes as they are: a client library would tidy them up.</summary>
    private async Task<(int Status, string Head, string Body)> Raw(string request)
    {
        var address = new Uri(site.Address);
        using var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port, Token);
        var stream = connection.GetStream();
        var received = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(request), Token);
            await stream.CopyToAsync(received, Token);
        }
        catch (IOException)
        {
            // The server may hang up on what it refuses before all of it is sent.
        }

        var text = Encoding.UTF8.GetString(received.ToArray());
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        end.ShouldBeGreaterThan(0, $"No answer to {request[..Math.Min(80, request.Length)]}");
        return (int.Parse(text.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), text[..end], text[(end + 4)..]);
    }
}
