using System.Text;

namespace Redactor.Receive.Grpc;

/// <summary>The <c>grpc-message</c> header: UTF-8 in which every byte but printable ASCII, and the percent sign, is percent-encoded.</summary>
internal static class GrpcMessageText
{
    public static string Encode(string message)
    {
        var encoded = new StringBuilder(message.Length);
        foreach (byte b in Encoding.UTF8.GetBytes(message))
        {
            if (b is >= (byte)' ' and <= (byte)'~' and not (byte)'%')
            {
                encoded.Append((char)b);
            }
            else
            {
                encoded.Append('%').Append(b.ToString("X2", null));
            }
        }

        return encoded.ToString();
    }
}
