/** Calls from pages: only a window of ours, its main frame, and our own origin are heard. */
import { ipcMain, type WebContents, type WebFrameMain } from 'electron';
import type { Answer, Caller, Handlers } from '../src/services/contract.ts';
import { dispatch } from '../src/services/dispatch.ts';
import { CALL } from './channels.ts';
import { isOurs } from './origin.ts';

const refused: Answer<never> = {
  ok: false,
  error: { code: 'call/refused', message: 'This page may not call Stemma.', hint: null },
};

/** A frame that has navigated away or is gone is null. */
function isOurPage(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && isOurs(frame.url);
}

export function answerCalls(
  handlers: Handlers,
  callerOf: (contents: WebContents) => Caller | undefined,
  answered: (name: unknown, answer: Answer<unknown>) => void,
): void {
  ipcMain.handle(CALL, async (event, name: unknown, argument: unknown) => {
    const caller = isOurPage(event.senderFrame) ? callerOf(event.sender) : undefined;
    if (!caller) return refused;
    const answer = await dispatch(handlers, name, argument, caller);
    answered(name, answer);
    return answer;
  });
}
