using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Redactor.Telemetry;

/// <summary>One page of a <see cref="PageServer"/>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The media type of <paramref name="Body"/>.</param>
/// <param name="Body">The text.</param>
public sealed record Page(int Status, string ContentType, string Body)
{
    public static Page Text(int status, string body) => new(status, "text/plain; charset=utf-8", body + "\n");
}

/// <summary>A small web server for pages about the program itself. Separate from the receiver, whose limits and load must not silence it.</summary>
public sealed class PageServer : IAsyncDisposable
{
    /// <summary>Greatest number of open connections: 32, probes and scrapers of one pod many times over.</summary>
    private const int MaxConnections = 32;

    private readonly WebApplication app;
    private ListenOptions? listener;

    /// <param name="address">Where to listen; port 0 lets the system choose.</param>
    /// <param name="pages">The pages by path. Each is made when it is asked for.</param>
    /// <param name="actions">What a POST does, by path; the page tells what came of it.</param>
    public PageServer(IPEndPoint address, IReadOnlyDictionary<string, Func<Page>> pages, IReadOnlyDictionary<string, Func<Page>>? actions = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(address, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listener = listen;
            });
        });
        app = builder.Build();
        app.Run(context => AnswerAsync(context, pages, actions ?? new Dictionary<string, Func<Page>>()));
    }

    /// <summary>Where it listens, with the port that the system chose.</summary>
    public IPEndPoint Address => listener!.IPEndPoint!;

    /// <exception cref="IOException">The address is in use or not this machine's.</exception>
    public Task StartAsync(CancellationToken cancellation = default) => app.StartAsync(cancellation);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context, IReadOnlyDictionary<string, Func<Page>> pages, IReadOnlyDictionary<string, Func<Page>> actions)
    {
        string path = context.Request.Path.Value ?? "", method = context.Request.Method;
        bool reads = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        Page page;
        if (pages.TryGetValue(path, out var make) && reads)
        {
            page = make();
        }
        else if (actions.TryGetValue(path, out var act) && HttpMethods.IsPost(method))
        {
            page = act();
        }
        else if (make is not null || act is not null)
        {
            context.Response.Headers.Allow = make is null ? "POST" : "GET, HEAD";
            page = Page.Text(StatusCodes.Status405MethodNotAllowed, make is null ? "this page does something: use POST" : "this page is only read: use GET");
        }
        else
        {
            page = Page.Text(StatusCodes.Status404NotFound, $"no such page; there are {string.Join(", ", pages.Keys.Concat(actions.Keys))}");
        }

        context.Response.StatusCode = page.Status;
        context.Response.ContentType = page.ContentType;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.WriteAsync(page.Body, context.RequestAborted);
        }
    }
}
