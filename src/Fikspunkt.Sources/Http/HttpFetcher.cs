using System.Net;
using System.Text;
using Fikspunkt.Domain;
using Polly;
using Polly.Retry;

namespace Fikspunkt.Sources.Http;

/// <summary>Asks a source until it answers whole, and keeps the answer as a file.</summary>
/// <remarks>429, 5xx, broken connections and silence are tried again with growing waits. Redirects are not followed, so that a key never reaches another host.</remarks>
internal sealed class HttpFetcher : IDisposable
{
    private const int LongestShownAnswer = 300;
    private readonly HttpClient client;
    private readonly HttpSettings settings;
    private readonly ResiliencePipeline pipeline;

    public HttpFetcher(HttpSettings settings)
    {
        this.settings = settings;
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All, ConnectTimeout = settings.IdleTimeout })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Fikspunkt");
        pipeline = settings.Attempts < 2 ? ResiliencePipeline.Empty : new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<TransientAnswerException>(),
                MaxRetryAttempts = settings.Attempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                Delay = settings.FirstDelay,
                MaxDelay = settings.LongestDelay,
                DelayGenerator = args => ValueTask.FromResult(
                    args.Outcome.Exception is TransientAnswerException { RetryAfter: { } wait }
                        ? (TimeSpan?)(wait < settings.LongestDelay ? wait : settings.LongestDelay)
                        : null),
            })
            .Build();
    }

    public void Dispose() => client.Dispose();

    /// <summary>Sends what <paramref name="request"/> makes (anew for each try) and writes the answer's body to <paramref name="path"/>.</summary>
    /// <param name="request">Makes the request.</param>
    /// <param name="mediaTypes">Media types an answer may have.</param>
    /// <param name="path">The file to write; it exists afterwards only if the answer came whole.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="RefusedException">The source said no (4xx); the caller knows what that means.</exception>
    /// <exception cref="SourceUnavailableException">No usable answer after all tries.</exception>
    public async Task FetchAsync(Func<HttpRequestMessage> request, string[] mediaTypes, string path, CancellationToken cancellationToken)
    {
        var partial = path + ".partial";
        try
        {
            await pipeline.ExecuteAsync(
                async token =>
                {
                    using var message = request();
                    await TryOnceAsync(message, mediaTypes, partial, token);
                },
                cancellationToken);
            File.Move(partial, path, overwrite: true);
        }
        catch (TransientAnswerException e)
        {
            throw new SourceUnavailableException(Texts.SourceGaveUp.With(settings.Attempts, e.Message), e);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private async Task TryOnceAsync(HttpRequestMessage message, string[] mediaTypes, string path, CancellationToken cancellationToken)
    {
        var host = message.RequestUri!.Authority;
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(settings.IdleTimeout);
        try
        {
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, silence.Token);
            await JudgeAsync(response, host, mediaTypes, silence.Token);
            await using var body = await response.Content.ReadAsStreamAsync(silence.Token);
            await using var file = File.Create(path);
            var buffer = new byte[1 << 16];
            for (var total = 0L; ;)
            {
                silence.CancelAfter(settings.IdleTimeout);
                var read = await body.ReadAsync(buffer, silence.Token);
                if (read == 0)
                {
                    break;
                }

                total += read;
                if (total > settings.LongestAnswer)
                {
                    throw new SourceUnavailableException(Texts.AnswerTooLong.With(host, settings.LongestAnswer));
                }

                await file.WriteAsync(buffer.AsMemory(0, read), silence.Token);
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransientAnswerException(Texts.AnswerSilent.With(host, settings.IdleTimeout.TotalSeconds), null, e);
        }
        catch (Exception e) when (e is HttpRequestException or HttpIOException or IOException { InnerException: System.Net.Sockets.SocketException })
        {
            throw new TransientAnswerException(Texts.AnswerCutOff.With(host, e.Message), null, e);
        }
    }

    private static async Task JudgeAsync(HttpResponseMessage response, string host, string[] mediaTypes, CancellationToken cancellationToken)
    {
        var status = response.StatusCode;
        if (status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError)
        {
            var after = response.Headers.RetryAfter;
            var wait = after?.Delta ?? (after?.Date is { } date ? date - DateTimeOffset.UtcNow : null);
            throw new TransientAnswerException(
                Texts.AnswerStatus.With(host, (int)status),
                wait > TimeSpan.Zero ? wait : null);
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new RefusedException(status, await BeginningAsync(response, cancellationToken));
        }

        var type = response.Content.Headers.ContentType?.MediaType;
        if (type is null || !mediaTypes.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            // jobindsats is known to say "Forkert nøgle ..." as plain text with status 200.
            var beginning = await BeginningAsync(response, cancellationToken);
            if (beginning.StartsWith("Forkert nøgle", StringComparison.OrdinalIgnoreCase))
            {
                throw new RefusedException(HttpStatusCode.Unauthorized, beginning);
            }

            throw new SourceUnavailableException(Texts.AnswerWrongType.With(host, type ?? "-", string.Join(", ", mediaTypes)));
        }
    }

    private static async Task<string> BeginningAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[4096];
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, read).TrimStart('\uFEFF').Trim();
    }

    /// <summary>What a source said, short enough for one line.</summary>
    public static string Shorten(string answer) => answer.Length > LongestShownAnswer ? string.Concat(answer.AsSpan(0, LongestShownAnswer), "...") : answer;

    private sealed class TransientAnswerException(string message, TimeSpan? retryAfter, Exception? inner = null) : Exception(message, inner)
    {
        public TimeSpan? RetryAfter { get; } = retryAfter;
    }
}

/// <summary>The source understood and said no.</summary>
internal sealed class RefusedException(HttpStatusCode status, string answer) : Exception(answer)
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>The beginning of the answer's body.</summary>
    public string Answer { get; } = answer;
}
