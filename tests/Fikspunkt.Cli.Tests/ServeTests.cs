using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Fikspunkt.Testing;

namespace Fikspunkt.Cli.Tests;

/// <summary>The server as a process: how it begins, what it logs and how it stops.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Serve_AskedToStopWhileItAnswers_FinishesWhatItBeganAndEndsWithZero()
    {
        using var server = await ServedProcess.Start(folder.Path, "serve", ".", "--urls", "http://127.0.0.1:0");
        var own = (await File.ReadAllLinesAsync(RepositoryFiles.Path("definitions", "municipalities.csv"), Token)).Skip(1).Select(line => line.Split(',')[0]).Where(code => code.Length == 3).ToList();

        // Many requests at once on one connection: the server is in the middle of them when it is asked to stop.
        var requests = string.Concat(Enumerable.Range(0, 20).SelectMany(i => own.Select(code => $"GET /{(i % 2 == 0 ? "" : "en")}?egen={code}&periode={i} HTTP/1.1\r\nHost: localhost\r\n\r\n")));
        using var connection = new TcpClient();
        await connection.ConnectAsync(server.Address.Host, server.Address.Port, Token);
        var stream = connection.GetStream();
        var sending = Send(stream, requests);
        var received = new MemoryStream();
        var buffer = new byte[4096];
        received.Write(buffer.AsSpan(0, await stream.ReadAsync(buffer, Token)));
        server.Terminate();
        server.Terminate();
        try
        {
            await stream.CopyToAsync(received, Token);
        }
        catch (IOException)
        {
            // What was sent after the server had stopped listening is turned away.
        }

        (await server.Ended()).ShouldBe(0, server.Error);
        await sending;
        var statuses = WholeAnswers(received.ToArray());
        statuses.Count.ShouldBeInRange(1, 20 * own.Count);
        statuses.ShouldAllBe(status => status == 200);
    }

    [Fact]
    public async Task Serve_AskedWithSecretsInAddressAndHeaders_LogsRouteStatusAndDurationAndNoSecret()
    {
        using var server = await ServedProcess.Start(folder.Path, "serve", ".", "--urls", "http://127.0.0.1:0");
        foreach (var address in (string[])["/?egen=hemmelighed", "/hemmelighed?cpr=hemmelighed", "/fejl/hemmelighed", "/kommune/hemmelighed"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Add("Cookie", "egen=hemmelighed");
            request.Headers.Add("User-Agent", "hemmelighed");
            request.Headers.Add("Referer", "http://hemmelighed.example");
            request.Headers.Add("X-Forwarded-For", "203.0.113.77");
            (await server.Client.SendAsync(request, Token)).Dispose();
        }

        using (var form = new StringContent("hemmelighed[=1", Encoding.UTF8, "application/x-www-form-urlencoded"))
        {
            (await server.Client.PostAsync("/", form, Token)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        }

        server.Terminate();
        (await server.Ended()).ShouldBe(0);

        server.Error.ShouldNotContain("hemmelighed", Case.Insensitive);
        server.Error.ShouldNotContain("203.0.113.77");
        server.Error.ShouldNotContain("127.0.0.1");
        var lines = server.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var requests = lines.Where(line => line.TryGetProperty("route", out _)).ToList();
        requests.Count.ShouldBe(5);
        requests[0].GetProperty("route").GetString().ShouldBe("/");
        requests[0].GetProperty("status").GetInt32().ShouldBe(200);
        requests[0].GetProperty("milliseconds").GetDouble().ShouldBeGreaterThan(0);
        requests.Skip(1).Select(line => line.GetProperty("status").GetInt32()).ShouldBe([404, 404, 404, 405]);
    }

    [Theory]
    [InlineData("da", "nonsense", "http://ADRESSE:PORT")]
    [InlineData("da", "http://127.0.0.1:99999", "http://ADRESSE:PORT")]
    [InlineData("da", "http://192.0.2.1:5173", "en adresse, som denne maskine har")]
    [InlineData("da", "ftp://127.0.0.1:5999", "begynder med http://")]
    [InlineData("en", "http://192.0.2.1:5173", "an address of this machine")]
    public void Serve_OnAnAddressThatCannotBe_SaysSoInOneLine(string language, string urls, string expected)
    {
        var answer = FikspunktCommand.Run(folder.Path, "serve", ".", "--urls", urls, "--lang", language).ShouldEndWith(2);
        answer.Error.ShouldContain("--urls");
        answer.Error[answer.Error.IndexOf(urls, StringComparison.Ordinal)..].ShouldContain(expected);
        answer.Error.Trim().Split('\n').Length.ShouldBe(1, answer.Error);
    }

    [Fact]
    public void Serve_OnAPortThatIsTaken_SaysSoInOneLine()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        FikspunktCommand.Run(folder.Path, "serve", ".", "--urls", $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}").ShouldEndWith(2).Error.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain("en port, som intet andet program lytter på");
    }

    [Fact]
    public async Task Serve_WithAProxyOnAnotherMachine_CountsItsClientsOneByOne()
    {
        // The proxy on this machine passes on what the other proxy said.
        foreach (var (options, expected) in new[] { (Array.Empty<string>(), HttpStatusCode.TooManyRequests), (["--proxy", "10.9.0.1", "--proxy", "10.1.0.0/16"], HttpStatusCode.OK) })
        {
            using var server = await ServedProcess.Start(folder.Path, ["serve", ".", "--urls", "http://127.0.0.1:0", "--api-rate", "1", .. options]);
            (await Ask(server, "203.0.113.1, 10.1.0.7")).ShouldBe(HttpStatusCode.OK);
            (await Ask(server, "203.0.113.2, 10.1.0.7")).ShouldBe(expected);
        }

        static async Task<HttpStatusCode> Ask(ServedProcess server, string forwardedFor)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/areas/851");
            request.Headers.Add("X-Forwarded-For", forwardedFor);
            using var answer = await server.Client.SendAsync(request, Token);
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData("proxy.example.dk")]
    [InlineData("10")]
    [InlineData("010.0.0.5")]
    [InlineData("10.0.0.5/")]
    [InlineData("10.0.0.5/24")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/24/24")]
    [InlineData("0.0.0.0/0")]
    [InlineData("::/0")]
    [InlineData("fd00::5/64")]
    [InlineData("::ffff:10.0.0.5")]
    [InlineData("")]
    public void Serve_BehindAProxyThatIsNone_SaysSoInOneLine(string proxy)
    {
        var answer = FikspunktCommand.Run(folder.Path, "serve", ".", "--proxy", "10.0.0.1", "--proxy", proxy).ShouldEndWith(2);
        answer.Error.ShouldStartWith("fikspunkt: --proxy: ");
        answer.Error.ShouldContain($"\"{proxy}\"");
        answer.Error.Trim().Split('\n').Length.ShouldBe(1, answer.Error);
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("windows", null, null, null, true)]
    [InlineData("macos", null, null, null, true)]
    [InlineData("other", ":0", null, null, true)]
    [InlineData("other", null, "wayland-0", null, true)]
    [InlineData("other", null, null, null, false)]
    [InlineData("other", ":0", null, "192.0.2.1 5 192.0.2.2 22", false)]
    [InlineData("macos", null, null, "192.0.2.1 5 192.0.2.2 22", false)]
    public void Desktop_IsThere_WhereAPersonSitsAtTheMachine(string system, string? display, string? wayland, string? ssh, bool expected) =>
        Desktop.IsThere(name => name switch { "DISPLAY" => display, "WAYLAND_DISPLAY" => wayland, "SSH_CONNECTION" => ssh, _ => null }, system).ShouldBe(expected);

    private static async Task Send(NetworkStream stream, string requests)
    {
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(requests), Token);
        }
        catch (IOException)
        {
            // The server hung up.
        }
    }

    /// <summary>Reads answers one after the other by their own lengths; fails when the last is cut off.</summary>
    private static List<int> WholeAnswers(byte[] bytes)
    {
        var statuses = new List<int>();
        for (var place = 0; place < bytes.Length;)
        {
            var end = bytes.AsSpan(place).IndexOf("\r\n\r\n"u8);
            end.ShouldBeGreaterThan(0, "an answer's head is cut off");
            var head = Encoding.ASCII.GetString(bytes, place, end);
            statuses.Add(int.Parse(head.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
            place += end + 4;
            if (head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase))
            {
                for (int size; ;)
                {
                    var line = bytes.AsSpan(place).IndexOf("\r\n"u8);
                    line.ShouldBeGreaterThan(0, "an answer is cut off");
                    size = Convert.ToInt32(Encoding.ASCII.GetString(bytes, place, line), 16);
                    place += line + 2 + size + 2;
                    place.ShouldBeLessThanOrEqualTo(bytes.Length, "an answer is cut off");
                    if (size == 0)
                    {
                        break;
                    }
                }
            }
            else
            {
                var length = head.Split("\r\n").Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
                place += int.Parse(length.AsSpan("Content-Length:".Length), System.Globalization.CultureInfo.InvariantCulture);
                place.ShouldBeLessThanOrEqualTo(bytes.Length, "an answer is cut off");
            }
        }

        return statuses;
    }
}
