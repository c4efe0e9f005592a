using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fikspunkt.Testing;
using Fikspunkt.Web;

namespace Fikspunkt.Cli.Tests;

/// <summary>The files in <c>deploy/</c> against the program that they run.</summary>
public sealed class DeployTests : IDisposable
{
    private const string Nginx = "/usr/sbin/nginx";
    private const string Host = "fikspunkt.example.dk";
    private static readonly string[] TemporaryFiles = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Unit_StartedAsItSays_ServesItsFolderAndWritesNothingElsewhere()
    {
        var unit = await File.ReadAllLinesAsync(RepositoryFiles.Path("deploy", "fikspunkt.service"), Token);
        var state = Value("StateDirectory");
        Value("WorkingDirectory").ShouldBe("/var/lib/" + state);
        var words = Value("ExecStart").Split(' ');
        words[..2].ShouldBe(["/usr/bin/dotnet", "/opt/fikspunkt/fikspunkt.dll"]);
        words.ShouldContain("/var/lib/" + state);
        var guide = await File.ReadAllTextAsync(RepositoryFiles.Path("docs", "operate.md"), Token);
        guide.ShouldContain("-o /opt/fikspunkt");
        guide.ShouldContain($"useradd --system --no-create-home {Value("User")}");
        Directory.CreateDirectory(folder.File("data"));
        Directory.CreateDirectory(folder.File("home"));
        var start = FikspunktCommand.Start(folder.Path, [.. words[2..].Select(word => word == "/var/lib/" + state ? folder.File("data") : word == SiteOptions.DefaultUrls ? "http://127.0.0.1:0" : word)]);
        start.Environment["HOME"] = folder.File("home");

        using (var server = await ServedProcess.Start(start))
        {
            (await server.Client.GetAsync("/sundhed/klar", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
            server.Terminate();
            (await server.Ended()).ShouldBe(0, server.Error);
            server.Error.ShouldNotContain("Warning");
        }

        Directory.GetFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).ShouldBe([folder.File("data"), folder.File("home")], ignoreOrder: true);

        string Value(string name) => unit.Single(line => line.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];
    }

    [Fact]
    public async Task Nginx_InFrontOfTheServer_PassesPagesOnAndKeepsTheOperatorsAddressesToItself()
    {
        Assert.SkipUnless(File.Exists(Nginx), "Needs nginx: install Debian's package 'nginx-light'.");
        using var server = await ServedProcess.Start(folder.Path, "serve", ".", "--urls", "http://127.0.0.1:0");
        var port = ServedProcess.FreePort();
        using var nginx = Process.Start(new ProcessStartInfo(Nginx, ["-e", "stderr", "-c", await Configure(server.Address, port)]) { UseShellExecute = false, RedirectStandardError = true })!;
        try
        {
            using var trusted = X509CertificateLoader.LoadCertificateFromFile(folder.File("fullchain.pem"));
            using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { trusted } };
            using var client = new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}"), DefaultRequestVersion = HttpVersion.Version20 };
            client.DefaultRequestHeaders.Host = Host;
            await Answers(client, nginx);

            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/areas");
            request.Headers.Add("Accept-Encoding", "br");
            using var answer = await client.SendAsync(request, Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Content.Headers.ContentEncoding.ShouldBe(["br"]);
            answer.Headers.GetValues("Strict-Transport-Security").ShouldHaveSingleItem();
            answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
            using var again = new HttpRequestMessage(HttpMethod.Get, "/api/v1/areas");
            again.Headers.TryAddWithoutValidation("If-None-Match", answer.Headers.ETag!.ToString());
            (await client.SendAsync(again, Token)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
            using var chosen = await client.GetAsync("/egen?kommune=851&tilbage=/", Token);
            chosen.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().ShouldContain("; secure");
            foreach (var hidden in (string[])["/metrics", "/METRICS", "/metrics/", "/sundhed//klar", "/%6detrics", "/sundhed/klar", "/Sundhed/Klar/"])
            {
                (await client.GetAsync(hidden, Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound, hidden);
            }
        }
        finally
        {
            nginx.Kill(entireProcessTree: true);
            await nginx.WaitForExitAsync(Token);
        }
    }

    private static async Task Answers(HttpClient client, Process nginx)
    {
        while (true)
        {
            try
            {
                (await client.GetAsync("/sundhed/live", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
                return;
            }
            catch (HttpRequestException)
            {
                nginx.HasExited.ShouldBeFalse("nginx did not start");
                await Task.Delay(20, Token);
            }
        }
    }

    /// <summary>The example with the server's address, one free port, and files of its own; fails when the example no longer says what is put in its place.</summary>
    private async Task<string> Configure(Uri server, int port)
    {
        using var key = RSA.Create(2048);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Host);
        var wanted = new CertificateRequest("CN=" + Host, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        wanted.CertificateExtensions.Add(names.Build());
        using var certificate = wanted.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(folder.File("fullchain.pem"), certificate.ExportCertificatePem(), Token);
        await File.WriteAllTextAsync(folder.File("privkey.pem"), key.ExportPkcs8PrivateKeyPem(), Token);
        var example = await File.ReadAllTextAsync(RepositoryFiles.Path("deploy", "nginx.conf"), Token);
        foreach (var (said, instead) in new[]
        {
            ("server " + SiteOptions.DefaultUrls["http://".Length..] + ";", $"server {server.Authority};"),
            ("/etc/letsencrypt/live/" + Host, folder.Path),
            ("/var/log/nginx", folder.Path),
            ("listen 80;", $"listen unix:{folder.File("plain.socket")};"),
            ("listen [::]:80;", string.Empty),
            ("listen 443 ", string.Create(CultureInfo.InvariantCulture, $"listen 127.0.0.1:{port} ")),
            ("listen [::]:443 ssl http2;", string.Empty),
        })
        {
            example.ShouldContain(said);
            example = example.Replace(said, instead, StringComparison.Ordinal);
        }

        var places = string.Concat(TemporaryFiles.Select(kind => $"{kind}_temp_path {folder.File(kind)};\n"));
        await File.WriteAllTextAsync(folder.File("nginx.conf"), $"daemon off;\nmaster_process off;\npid {folder.File("pid")};\nevents {{}}\nhttp {{\n{places}{example}}}\n", Token);
        return folder.File("nginx.conf");
    }
}
