using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Fikspunkt.Domain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fikspunkt.Web.Hosting;

/// <summary>The files that browsers get besides pages: kept in memory, plain and as Brotli, under an address that changes with their content, so that they may be kept for ever.</summary>
internal sealed class StaticFiles
{
    private const string Style = "site.css";
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".woff2"] = "font/woff2",
        [".txt"] = "text/plain; charset=utf-8",
    };

    private readonly FrozenDictionary<string, byte[]> files;

    private StaticFiles(FrozenDictionary<string, byte[]> files, string version)
    {
        (this.files, Version) = (files, version);
        CriticalStyle = Encoding.UTF8.GetString(files[Style]).Replace("/s/-/", $"/s/{version}/", StringComparison.Ordinal);
        StyleHashes = $"{Hash(CriticalStyle)} {Hash(StyleWithoutScript)}";
    }

    /// <summary>Changes when any file changes.</summary>
    public string Version { get; }

    /// <summary>The style, which every page carries inside it: no request stands between the page and its first paint.</summary>
    public string CriticalStyle { get; }

    /// <summary>Without script the tables stand in for the charts.</summary>
    public static string StyleWithoutScript => ".chart,.script-only{display:none}";

    /// <summary>The styles' hashes as Content-Security-Policy sources.</summary>
    public string StyleHashes { get; }

    /// <summary>The address of a file.</summary>
    public string Address(string name) => $"/s/{Version}/{name}";

    /// <summary>Reads the files beside the program.</summary>
    /// <exception cref="InputException">They are not there.</exception>
    public static StaticFiles Read()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "site");
        if (!File.Exists(Path.Combine(folder, Style)))
        {
            throw new InputException(new InputProblem(Texts.NoSiteFiles, folder));
        }

        var read = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllBytes, StringComparer.Ordinal);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, bytes) in read.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(bytes);
        }

        return new StaticFiles(read.ToFrozenDictionary(StringComparer.Ordinal), Convert.ToHexStringLower(hash.GetHashAndReset())[..12]);
    }

    private static string Hash(string style) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'";

    /// <summary>Sends files: the smallest encoding that the browser takes.</summary>
    public void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/s/{version}/{**name}", ["GET", "HEAD"], (HttpContext context, string name) =>
    {
        if (name.EndsWith(".br", StringComparison.Ordinal) || !files.TryGetValue(name, out var bytes) || !Types.TryGetValue(Path.GetExtension(name), out var type))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.ContentType = type;
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.Vary = "Accept-Encoding";
        if (context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal) && files.TryGetValue(name + ".br", out var small))
        {
            context.Response.Headers.ContentEncoding = "br";
            bytes = small;
        }

        context.Response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }).ExcludeFromDescription();
}
