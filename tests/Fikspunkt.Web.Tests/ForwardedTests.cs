using System.Net;
using System.Net.Sockets;

namespace Fikspunkt.Web.Tests;

/// <summary>Whose word the server takes for who a client is. This machine has many addresses of its own on Linux, so that proxies and strangers can be real.</summary>
public sealed class ForwardedTests(SiteFixture site)
{
    private const string Proxy = "127.0.0.2";
    private const string FarProxy = "10.1.0.7";
    private const string Stranger = "127.0.0.3";
    private const string Anna = "203.0.113.1";
    private const string Bo = "203.0.113.2";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static SiteOptions OneAMinute(SiteOptions options) => options with { ApiRequestsPerMinute = 1, Proxies = [IPNetwork.Parse(Proxy + "/32"), IPNetwork.Parse("10.1.0.0/16")] };

    [Fact]
    public async Task Clients_BehindAListedProxy_AreCountedEachByItself()
    {
        await using var server = await SiteFixture.Serve(site.Folder, OneAMinute);
        using var proxy = From(Proxy, server.Urls.First());

        (await Ask(proxy, Anna)).ShouldBe(HttpStatusCode.OK);
        (await Ask(proxy, Bo)).ShouldBe(HttpStatusCode.OK);
        (await Ask(proxy, Anna)).ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Client_ThatIsNoListedProxy_IsCountedByItsOwnAddressWhateverItClaims()
    {
        await using var server = await SiteFixture.Serve(site.Folder, OneAMinute);
        using var stranger = From(Stranger, server.Urls.First());

        (await Ask(stranger, Anna)).ShouldBe(HttpStatusCode.OK);
        (await Ask(stranger, Bo)).ShouldBe(HttpStatusCode.TooManyRequests);
        using var proxy = From(Proxy, server.Urls.First());
        (await Ask(proxy, Anna)).ShouldBe(HttpStatusCode.OK, "what a stranger does in another's name is not held against the other");
    }

    [Fact]
    public async Task Clients_BehindAChainOfProxies_AreWhomTheFirstUnknownIs()
    {
        await using var server = await SiteFixture.Serve(site.Folder, OneAMinute);
        using var proxy = From(Proxy, server.Urls.First());

        (await Ask(proxy, $"{Anna}, {FarProxy}")).ShouldBe(HttpStatusCode.OK);
        (await Ask(proxy, $"{Bo}, {FarProxy}")).ShouldBe(HttpStatusCode.OK);

        // What Anna wrote before the proxies wrote hers makes her nobody else.
        (await Ask(proxy, $"198.51.100.9, {Anna}, {FarProxy}")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await Ask(proxy, $"{FarProxy}, {Anna}")).ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Tls_IsTakenOnTheWordOfAListedProxyOnly()
    {
        await using var server = await SiteFixture.Serve(site.Folder, OneAMinute);

        (await CookieOf(Proxy)).ShouldContain("; secure", Case.Insensitive);
        (await CookieOf(Stranger)).ShouldNotContain("; secure", Case.Insensitive);

        async Task<string> CookieOf(string from)
        {
            using var client = From(from, server.Urls.First());
            using var request = new HttpRequestMessage(HttpMethod.Get, "/egen?kommune=851&tilbage=/");
            request.Headers.Add("X-Forwarded-For", Anna);
            request.Headers.Add("X-Forwarded-Proto", "https");
            using var answer = await client.SendAsync(request, Token);
            return answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        }
    }

    private static async Task<HttpStatusCode> Ask(HttpClient client, string forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/areas/851");
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        using var answer = await client.SendAsync(request, Token);
        return answer.StatusCode;
    }

    /// <summary>A client that comes from an address of its own.</summary>
    private static HttpClient From(string address, string server)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs the whole of 127.0.0.0/8, as Linux has it.");
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(handler) { BaseAddress = new Uri(server) };
    }
}
